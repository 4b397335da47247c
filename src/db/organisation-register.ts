import { z } from 'zod';
import { organisationFactKinds, type OrganisationFact } from '../domain/fieldwork/organisation-facts';
import { waveStates, type WaveState } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';
import { organisationKinds, type Organisation } from './organisations';

/** An organisation with the code that it had on a day; both null when it is not known or there is none. */
export interface RegisteredOrganisation extends Organisation {
  readonly regionCode: string | null;
  readonly regionCodeOn: string | null;
}

const columns = `organisation.id, organisation.key, organisation.name, organisation.orgnr, organisation.kind,
  organisation.region_code, organisation.region_code_on`;

const shape = {
  id: z.string(),
  key: z.string(),
  name: z.string(),
  orgnr: z.string(),
  kind: z.enum(organisationKinds),
  region_code: z.string().nullable(),
  region_code_on: z.iso.date().nullable(),
};

function readOrganisation(row: z.infer<z.ZodObject<typeof shape>>): RegisteredOrganisation {
  const { id, key, name, orgnr, kind } = row;
  return { id, key, name, orgnr, kind, regionCode: row.region_code, regionCodeOn: row.region_code_on };
}

const rowSchema = z.object(shape).transform(readOrganisation);
const listedSchema = z
  .object({ ...shape, networks: z.number(), total: z.number() })
  .transform((row) => ({ organisation: { ...readOrganisation(row), networks: row.networks }, total: row.total }));

/** An organisation in the list of all, with the number of networks it is in. */
export type ListedOrganisation = RegisteredOrganisation & { readonly networks: number };

/**
 * Lists organisations of the installation.
 * @param db the database or a transaction
 * @param wanted part of a name, key, number or code (empty: all), and which of them
 * @returns organisations by name, and how many there are in all
 */
export async function selectOrganisationPage(
  db: Database,
  wanted: { readonly search: string; readonly offset: number; readonly limit: number },
): Promise<{ readonly organisations: readonly ListedOrganisation[]; readonly total: number }> {
  const rows = await selectRows(db, listedSchema, {
    sql: `SELECT ${columns}, count(*) OVER () AS total,
                 (SELECT count(*) FROM network_member WHERE network_member.organisation_id = organisation.id) AS networks
            FROM organisation
           WHERE strpos(lower(organisation.name), :search) > 0 OR strpos(organisation.key, :search) > 0
              OR organisation.orgnr = :search OR organisation.region_code = :search
           ORDER BY organisation.name, organisation.key OFFSET :offset LIMIT :limit`,
    bindings: { ...wanted, search: wanted.search.toLowerCase() },
  });
  return { organisations: rows.map(({ organisation }) => organisation), total: rows[0]?.total ?? 0 };
}

/**
 * Lists every organisation of the installation.
 * @param db the database or a transaction
 * @returns organisations by key
 */
export async function selectAllOrganisations(db: Database): Promise<readonly RegisteredOrganisation[]> {
  return selectRows(db, rowSchema, { sql: `SELECT ${columns} FROM organisation ORDER BY organisation.key` });
}

/**
 * Finds an organisation by its key or its organisation number.
 * @param db the database or a transaction
 * @param wanted key or nine digits
 * @returns the organisation, or null when there is none
 */
export async function selectOptionalOrganisation(
  db: Database,
  wanted: { readonly key: string } | { readonly orgnr: string },
): Promise<RegisteredOrganisation | null> {
  const [column, value] = 'key' in wanted ? ['key', wanted.key] : ['orgnr', wanted.orgnr];
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM organisation WHERE organisation.${column} = :value`,
    bindings: { value },
  });
  return row ?? null;
}

/**
 * Adds organisations.
 * @param transaction a transaction
 * @param organisations organisations that are not there
 */
export async function insertOrganisations(
  transaction: Database,
  organisations: readonly Omit<RegisteredOrganisation, 'id'>[],
): Promise<void> {
  await transaction.raw(
    `INSERT INTO organisation (key, name, orgnr, kind, region_code, region_code_on)
     SELECT added.key, added.name, added.orgnr, added.kind, added."regionCode", added."regionCodeOn"
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS added (key text, name text, orgnr text, kind text, "regionCode" text, "regionCodeOn" date)`,
    { rows: JSON.stringify(organisations) },
  );
}

/**
 * Changes what is known about organisations; the key stays.
 * @param transaction a transaction
 * @param organisations organisations as they are to be
 */
export async function updateOrganisations(
  transaction: Database,
  organisations: readonly RegisteredOrganisation[],
): Promise<void> {
  await transaction.raw(
    `UPDATE organisation SET name = told.name, orgnr = told.orgnr, kind = told.kind, region_code = told."regionCode",
                             region_code_on = told."regionCodeOn"
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS told (id uuid, name text, orgnr text, kind text, "regionCode" text, "regionCodeOn" date)
      WHERE organisation.id = told.id`,
    { rows: JSON.stringify(organisations) },
  );
}

const factSchema = z
  .object({
    organisation_id: z.string(),
    kind: z.enum(organisationFactKinds),
    year: z.number(),
    value: z.string(),
    source: z.string(),
  })
  .transform((row): OrganisationFact => ({
    organisationId: row.organisation_id,
    kind: row.kind,
    year: row.year,
    value: row.value,
    source: row.source,
  }));

/**
 * Reads facts about organisations.
 * @param db the database or a transaction
 * @param organisationIds the organisations
 * @returns facts by kind, newest year first
 */
export async function selectFacts(
  db: Database,
  organisationIds: readonly string[],
): Promise<readonly OrganisationFact[]> {
  return selectRows(db, factSchema, {
    sql: `SELECT organisation_fact.organisation_id, organisation_fact.kind, organisation_fact.year,
                 organisation_fact.value, organisation_fact.source
            FROM organisation_fact
           WHERE organisation_fact.organisation_id IN
                 (SELECT CAST(jsonb_array_elements_text(CAST(:ids AS jsonb)) AS uuid))
           ORDER BY organisation_fact.kind DESC, organisation_fact.year DESC`,
    bindings: { ids: JSON.stringify(organisationIds) },
  });
}

/**
 * Keeps facts; a fact of the same kind and year is replaced.
 * @param transaction a transaction
 * @param facts facts with year and source
 */
export async function upsertFacts(transaction: Database, facts: readonly OrganisationFact[]): Promise<void> {
  await transaction.raw(
    `INSERT INTO organisation_fact (organisation_id, kind, year, value, source)
     SELECT told."organisationId", told.kind, told.year, told.value, told.source
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS told ("organisationId" uuid, kind text, year integer, value text, source text)
         ON CONFLICT (organisation_id, kind, year)
         DO UPDATE SET value = excluded.value, source = excluded.source`,
    { rows: JSON.stringify(facts) },
  );
}

/** Where an organisation is and was. */
export interface OrganisationParticipation {
  readonly networks: readonly { readonly key: string; readonly name: string }[];
  readonly waves: readonly {
    readonly key: string;
    readonly period: string;
    readonly state: WaveState;
    readonly network: string;
  }[];
}

const participationSchema = z.object({
  networks: z.array(z.object({ key: z.string(), name: z.string() })),
  waves: z.array(z.object({ key: z.string(), period: z.string(), state: z.enum(waveStates), network: z.string() })),
});

/**
 * Reads the networks that an organisation is in and the waves whose frame it is or was in.
 * @param db the database or a transaction
 * @param organisationId the organisation
 * @returns networks by name, waves newest first
 */
export async function selectParticipation(db: Database, organisationId: string): Promise<OrganisationParticipation> {
  const [row] = await selectRows(db, participationSchema, {
    sql: `SELECT coalesce((SELECT json_agg(json_build_object('key', network.key, 'name', network.name) ORDER BY network.name)
                             FROM network JOIN network_member ON network_member.network_id = network.id
                            WHERE network_member.organisation_id = :organisationId), '[]') AS networks,
                 coalesce((SELECT json_agg(json_build_object('key', wave.key, 'period', wave.period, 'state', wave.state,
                                                             'network', network.name)
                                           ORDER BY wave.period DESC, wave.key DESC)
                             FROM wave JOIN network ON network.id = wave.network_id
                            WHERE EXISTS (SELECT 1 FROM unit WHERE unit.wave_id = wave.id
                                                               AND unit.organisation_id = :organisationId)
                               OR EXISTS (SELECT 1 FROM stratum WHERE stratum.wave_id = wave.id
                                                                  AND stratum.organisation_id = :organisationId)), '[]')
                   AS waves`,
    bindings: { organisationId },
  });
  return row ?? { networks: [], waves: [] };
}
