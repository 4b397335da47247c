import { z } from 'zod';
import { selectRows, type Database } from './database';

export const organisationKinds = ['municipality', 'county', 'other'] as const;

/** A municipality, a county or another body that can be a member of networks. */
export interface Organisation {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly orgnr: string;
  readonly kind: (typeof organisationKinds)[number];
}

const columns = 'organisation.id, organisation.key, organisation.name, organisation.orgnr, organisation.kind';
const rowSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  orgnr: z.string(),
  kind: z.enum(organisationKinds),
});

/**
 * Finds organisations that have one of some keys or numbers, members of any network or none.
 * @param db the database or a transaction
 * @param wanted keys and organisation numbers
 * @returns the organisations by key
 */
export async function selectOrganisations(
  db: Database,
  wanted: { readonly keys: readonly string[]; readonly orgnrs: readonly string[] },
): Promise<readonly Organisation[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM organisation
           WHERE organisation.key IN (SELECT jsonb_array_elements_text(CAST(:keys AS jsonb)))
              OR organisation.orgnr IN (SELECT jsonb_array_elements_text(CAST(:orgnrs AS jsonb)))
           ORDER BY organisation.key`,
    bindings: { keys: JSON.stringify(wanted.keys), orgnrs: JSON.stringify(wanted.orgnrs) },
  });
}

/**
 * Lists the members of a network.
 * @param db the database or a transaction
 * @param networkId the network
 * @returns the organisations by key
 */
export async function selectMembers(db: Database, networkId: string): Promise<readonly Organisation[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM organisation
            JOIN network_member ON network_member.organisation_id = organisation.id
           WHERE network_member.network_id = :networkId ORDER BY organisation.key`,
    bindings: { networkId },
  });
}

/**
 * Adds organisations that are new and makes all of them members of a network.
 * @param transaction a transaction
 * @param networkId the network
 * @param organisations the organisations; those whose key exists are left as they are
 * @returns number of organisations that were not members before
 */
export async function insertMembers(
  transaction: Database,
  networkId: string,
  organisations: readonly Omit<Organisation, 'id'>[],
): Promise<number> {
  const rows = JSON.stringify(organisations);
  await transaction.raw(
    `INSERT INTO organisation (key, name, orgnr, kind)
     SELECT added.key, added.name, added.orgnr, added.kind
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (key text, name text, orgnr text, kind text)
      WHERE NOT EXISTS (SELECT 1 FROM organisation WHERE organisation.key = added.key)`,
    { rows },
  );
  const inserted = await selectRows(transaction, z.object({ organisation_id: z.string() }), {
    sql: `INSERT INTO network_member (network_id, organisation_id)
          SELECT :networkId, organisation.id
            FROM organisation JOIN jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (key text) ON added.key = organisation.key
          ON CONFLICT DO NOTHING RETURNING network_member.organisation_id`,
    bindings: { networkId, rows },
  });
  return inserted.length;
}
