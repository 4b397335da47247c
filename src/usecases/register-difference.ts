import { createHash } from 'node:crypto';
import type { Database } from '../db/database';
import {
  insertOrganisations,
  selectAllOrganisations,
  selectFacts,
  updateOrganisations,
  upsertFacts,
  type RegisteredOrganisation,
} from '../db/organisation-register';
import { lockRegions, selectRegions, storeRegionChanges, storeRegionCodes, type StoredRegions } from '../db/regions';
import { compareEntities, type EntityDifference } from '../domain/fieldwork/match-entities';
import { compareChanges, compareCodes, type Difference } from '../domain/fieldwork/merge-regions';
import type { OrganisationFact } from '../domain/fieldwork/organisation-facts';
import {
  findCodeAt,
  type RegionChange,
  type RegionClassification,
  type RegionCode,
} from '../domain/fieldwork/region-codes';
import { listOwnCodes } from '../domain/fieldwork/region-history';
import type { RegisterContent } from './register-content';

/** A fact with the name of the organisation that it is about. */
export type NamedFact = OrganisationFact & { readonly organisation: string };

/** What an import of a register would change. */
export type RegisterDifference =
  | { readonly kind: 'organisations'; readonly organisations: EntityDifference }
  | {
      readonly kind: 'regions';
      readonly classification: RegionClassification;
      readonly codes: Difference<RegionCode>;
      readonly changes: Difference<RegionChange>;
    }
  | {
      readonly kind: 'kostra_groups';
      readonly year: number;
      readonly facts: Difference<NamedFact>;
      /** Municipalities that are no organisation of the installation. */
      readonly leftOut: number;
    };

/**
 * Compares what was read of a register with what is stored.
 * @param db the database or a transaction
 * @param content what was read
 * @param today the day on which it was read, YYYY-MM-DD
 * @returns what would be added and changed
 */
export async function compareRegister(
  db: Database,
  content: RegisterContent,
  today: string,
): Promise<RegisterDifference> {
  if (content.kind === 'organisations') return compareOrganisations(db, content, today);
  if (content.kind === 'kostra_groups') return compareGroups(db, content);
  const stored = await selectRegions(db, content.classification);
  const codes = compareCodes(stored.codes, content.codes);
  return {
    kind: 'regions',
    classification: content.classification,
    codes,
    changes: compareChanges(stored.changes, content.changes, joinCodes(stored, codes)),
  };
}

function joinCodes(stored: StoredRegions, { added, changed }: Difference<RegionCode>): readonly RegionCode[] {
  const replaced = new Map(changed.map(({ before, after }) => [before, after]));
  return [...stored.codes.map((code) => replaced.get(code) ?? code), ...added];
}

async function compareOrganisations(
  db: Database,
  { entities, isOnlyKnown }: RegisterContent & { kind: 'organisations' },
  today: string,
): Promise<RegisterDifference> {
  const known = await selectAllOrganisations(db);
  const municipality = (await selectRegions(db, 'municipality')).codes;
  const county = (await selectRegions(db, 'county')).codes;
  const comparison = { known, codes: { municipality, county }, today, isOnlyKnown };
  return { kind: 'organisations', organisations: compareEntities(entities, comparison) };
}

async function compareGroups(
  db: Database,
  { year, groups }: RegisterContent & { kind: 'kostra_groups' },
): Promise<RegisterDifference> {
  const regions = await selectRegions(db, 'municipality');
  const organisations = await selectAllOrganisations(db);
  const stored = await selectFacts(
    db,
    organisations.map(({ id }) => id),
  );
  const source = `Statistisk sentralbyrå, Klass 112 mot 131 per ${year}-01-01`;
  const found = groups.flatMap(({ municipalityCode, group }): NamedFact[] => {
    const owner = organisations.find((each) => codeOn(each, regions, `${year}-01-01`) === municipalityCode);
    if (owner === undefined) return [];
    return [{ organisationId: owner.id, organisation: owner.name, kind: 'kostra_group', year, value: group, source }];
  });
  const before = (fact: NamedFact): OrganisationFact | undefined =>
    stored.find(
      ({ organisationId, kind, year: ofYear }) =>
        organisationId === fact.organisationId && kind === fact.kind && ofYear === year,
    );
  return {
    kind: 'kostra_groups',
    year,
    leftOut: groups.length - found.length,
    facts: {
      added: found.filter((fact) => before(fact) === undefined),
      changed: found.flatMap((after) => {
        const known = before(after);
        if (known === undefined || known.value === after.value) return [];
        return [{ before: { ...known, organisation: after.organisation }, after }];
      }),
      unchanged: found.filter((fact) => before(fact)?.value === fact.value).length,
    },
  };
}

/** The code that an organisation had on a day, as far as it is one and the same area; without Klass the one it is known by. */
function codeOn(organisation: RegisteredOrganisation, regions: StoredRegions, date: string): string | null {
  const { regionCode, regionCodeOn, kind } = organisation;
  if (kind !== 'municipality' || regionCode === null || regionCodeOn === null) return null;
  if (regions.codes.length === 0) return regionCode;
  const own = listOwnCodes(regions, { code: regionCode, date: regionCodeOn });
  return own.find((each) => findCodeAt([each], { code: each.code, date }) !== null)?.code ?? null;
}

/**
 * Names a difference, so that what is stored is what somebody has looked at.
 * @param difference what would be added and changed
 * @returns hexadecimal SHA-256 of it
 */
export function nameDifference(difference: RegisterDifference): string {
  return createHash('sha256').update(JSON.stringify(difference)).digest('hex');
}

/**
 * Stores what was read of a register.
 * @param transaction a transaction
 * @param difference what is added and changed, compared in the same transaction
 */
export async function storeRegister(transaction: Database, difference: RegisterDifference): Promise<void> {
  if (difference.kind === 'regions') {
    await storeRegionCodes(transaction, difference.classification, difference.codes);
    await storeRegionChanges(transaction, difference.classification, difference.changes);
    return;
  }
  if (difference.kind === 'kostra_groups') {
    const { added, changed } = difference.facts;
    await upsertFacts(transaction, [...added, ...changed.map(({ after }) => after)]);
    return;
  }
  const { added, changed } = difference.organisations;
  await insertOrganisations(transaction, added);
  const known = await selectAllOrganisations(transaction);
  const ids = new Map(known.map(({ key, id }) => [key, id]));
  await updateOrganisations(
    transaction,
    changed.flatMap(({ after }) => {
      const id = ids.get(after.key);
      return id === undefined ? [] : [{ ...after, id }];
    }),
  );
}

/**
 * Compares in a transaction, so that what is stored next is exactly that.
 * @param transaction a transaction
 * @param content what was read
 * @param today the day on which it was read
 * @returns what is added and changed
 */
export async function compareAndLock(
  transaction: Database,
  content: RegisterContent,
  today: string,
): Promise<RegisterDifference> {
  if (content.kind === 'regions') await lockRegions(transaction);
  return compareRegister(transaction, content, today);
}

/**
 * Counts a difference for an audit event or a message.
 * @param difference what would be added and changed
 * @returns numbers of new, changed and unchanged rows and of those left out
 */
export function countDifference(difference: RegisterDifference): {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly leftOut: number;
} {
  const parts: readonly Difference<unknown>[] =
    difference.kind === 'regions'
      ? [difference.codes, difference.changes]
      : [difference.kind === 'organisations' ? difference.organisations : difference.facts];
  const sum = (read: (part: Difference<unknown>) => number): number =>
    parts.reduce((total, part) => total + read(part), 0);
  return {
    added: sum(({ added }) => added.length),
    changed: sum(({ changed }) => changed.length),
    unchanged: sum(({ unchanged }) => unchanged),
    leftOut:
      difference.kind === 'regions'
        ? 0
        : difference.kind === 'organisations'
          ? difference.organisations.leftOut
          : difference.leftOut,
  };
}
