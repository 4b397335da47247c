import { classifyChanges, type RegionChange, type RegionCode, type RegionLink } from './region-codes';

/** A code as a register tells it; what the register was not asked for is not known. */
export interface ReadRegionCode extends RegionCode {
  /** False: it may have been valid before `validFrom` too. */
  readonly isStartKnown: boolean;
  /** False: `validTo` is null only because later days were not asked for. */
  readonly isEndKnown: boolean;
}

/** What an import would change. */
export interface Difference<Row> {
  readonly added: readonly Row[];
  readonly changed: readonly { readonly before: Row; readonly after: Row }[];
  readonly unchanged: number;
}

/**
 * Compares codes with those that are stored. A period that a register tells in part never shortens one that is stored.
 * @param stored codes of one classification
 * @param read codes of the same classification, each period once
 * @returns what would be added and changed
 */
export function compareCodes(stored: readonly RegionCode[], read: readonly ReadRegionCode[]): Difference<RegionCode> {
  const added: RegionCode[] = [];
  const changed: { before: RegionCode; after: RegionCode }[] = [];
  const taken = new Set<RegionCode>();
  let unchanged = 0;
  for (const row of read) {
    const known = stored.find((each) => each.code === row.code && !taken.has(each) && overlaps(each, row));
    const after = joinPeriods(row, known);
    if (known === undefined) added.push(after);
    else if (isSameCode(known, after)) unchanged += 1;
    else changed.push({ before: known, after });
    if (known !== undefined) taken.add(known);
  }
  return { added, changed, unchanged };
}

function overlaps(first: RegionCode, second: RegionCode): boolean {
  return (
    (second.validTo === null || first.validFrom < second.validTo) &&
    (first.validTo === null || second.validFrom < first.validTo)
  );
}

function joinPeriods(row: ReadRegionCode, known: RegionCode | undefined): RegionCode {
  const { code, name, isStartKnown, isEndKnown } = row;
  const isEarlier = known !== undefined && !isStartKnown && known.validFrom < row.validFrom;
  return {
    code,
    name,
    validFrom: isEarlier ? known.validFrom : row.validFrom,
    validTo: isEndKnown || known === undefined ? row.validTo : known.validTo,
  };
}

function isSameCode(first: RegionCode, second: RegionCode): boolean {
  return first.name === second.name && first.validFrom === second.validFrom && first.validTo === second.validTo;
}

/**
 * Compares changes of codes with those that are stored; new neighbours can turn a change of code into a merger.
 * @param stored changes of one classification
 * @param read changes of the same classification
 * @param codes codes as they will be
 * @returns what would be added and changed
 */
export function compareChanges(
  stored: readonly RegionChange[],
  read: readonly RegionLink[],
  codes: readonly RegionCode[],
): Difference<RegionChange> {
  const keyOf = ({ changedOn, fromCode, toCode }: RegionLink): string => `${changedOn} ${fromCode} ${toCode}`;
  const before = new Map(stored.map((change) => [keyOf(change), change]));
  const links = new Map<string, RegionLink>([...before, ...read.map((link) => [keyOf(link), link] as const)]);
  const added: RegionChange[] = [];
  const changed: { before: RegionChange; after: RegionChange }[] = [];
  let unchanged = 0;
  for (const after of classifyChanges({ codes, changes: [...links.values()] })) {
    const known = before.get(keyOf(after));
    if (known === undefined) added.push(after);
    else if (isSameChange(known, after)) unchanged += 1;
    else changed.push({ before: known, after });
  }
  return { added, changed, unchanged };
}

function isSameChange(first: RegionChange, second: RegionChange): boolean {
  return first.kind === second.kind && first.fromName === second.fromName && first.toName === second.toName;
}
