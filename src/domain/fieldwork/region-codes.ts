import { addDays } from './wave-state';

/** Statistics Norway's classifications of municipalities (Klass 131) and counties (Klass 104). */
export const regionClassifications = ['municipality', 'county'] as const;
export type RegionClassification = (typeof regionClassifications)[number];

/** A code in the time during which it means one place with one name. Days are YYYY-MM-DD. */
export interface RegionCode {
  readonly code: string;
  readonly name: string;
  readonly validFrom: string;
  /** First day on which it is no longer valid; null: still valid. */
  readonly validTo: string | null;
}

export const regionChangeKinds = ['rename', 'code_change', 'merge', 'split'] as const;
export type RegionChangeKind = (typeof regionChangeKinds)[number];

/** One line of the graph: a code that ended, or changed its meaning, and one of those that have its area from that day on. */
export interface RegionLink {
  readonly changedOn: string;
  readonly fromCode: string;
  readonly fromName: string;
  readonly toCode: string;
  readonly toName: string;
}

/** A line of the graph with what happened to the code that it starts from. */
export interface RegionChange extends RegionLink {
  readonly kind: RegionChangeKind;
}

/** Everything that is known about the codes of one classification. */
export interface RegionGraph {
  readonly codes: readonly RegionCode[];
  readonly changes: readonly RegionLink[];
}

/** Digits of a code. */
const regionCodeLengths: Readonly<Record<RegionClassification, number>> = { municipality: 4, county: 2 };

/**
 * Tells whether a text has the form of a code.
 * @param classification municipalities or counties
 * @param text such as "3203"
 * @returns true when it has four digits (municipality) or two (county)
 */
export function isRegionCode(classification: RegionClassification, text: string): boolean {
  return /^\d+$/.test(text) && text.length === regionCodeLengths[classification];
}

/**
 * Finds what a code meant on a day.
 * @param codes codes of one classification
 * @param at the code and the day
 * @returns the code with name and period, or null when it was not valid then
 */
export function findCodeAt(
  codes: readonly RegionCode[],
  at: { readonly code: string; readonly date: string },
): RegionCode | null {
  return codes.find((each) => each.code === at.code && isValidOn(each, at.date)) ?? null;
}

function isValidOn({ validFrom, validTo }: RegionCode, date: string): boolean {
  return validFrom <= date && (validTo === null || date < validTo);
}

/**
 * Lists the lines of a graph, with those that the register leaves out because the code goes on: an area that takes in
 * another one, or gives a part away, and keeps its own code.
 * @param graph codes and changes of one classification
 * @returns lines by day
 */
export function listLinks({ codes, changes }: RegionGraph): readonly RegionLink[] {
  const touched = new Map<string, { readonly code: string; readonly changedOn: string }>();
  for (const { changedOn, fromCode, toCode } of changes) {
    for (const code of [fromCode, toCode]) touched.set(`${changedOn} ${code}`, { code, changedOn });
  }
  const told = new Set(changes.map(({ changedOn, fromCode, toCode }) => `${changedOn} ${fromCode} ${toCode}`));
  const implied = [...touched.values()].flatMap(({ code, changedOn }): readonly RegionLink[] => {
    const before = findCodeAt(codes, { code, date: addDays(changedOn, -1) });
    const after = findCodeAt(codes, { code, date: changedOn });
    if (before === null || after === null || told.has(`${changedOn} ${code} ${code}`)) return [];
    return [{ changedOn, fromCode: code, fromName: before.name, toCode: code, toName: after.name }];
  });
  return [...changes, ...implied].sort((first, second) => first.changedOn.localeCompare(second.changedOn));
}

/**
 * Says for each change what happened to the code that it starts from: divided among several, joined with others, given a
 * new code, or given a new name only.
 * @param graph codes and changes of one classification
 * @returns the changes of the graph in their order, each with its kind
 */
export function classifyChanges(graph: RegionGraph): readonly RegionChange[] {
  const links = listLinks(graph);
  const count = (keyOf: (link: RegionLink) => string): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const link of links) counts.set(keyOf(link), (counts.get(keyOf(link)) ?? 0) + 1);
    return counts;
  };
  const sourceOf = ({ changedOn, fromCode }: RegionLink): string => `${changedOn} ${fromCode}`;
  const targetOf = ({ changedOn, toCode }: RegionLink): string => `${changedOn} ${toCode}`;
  const targets = count(sourceOf);
  const sources = count(targetOf);
  return graph.changes.map((link) => {
    const { fromCode, toCode } = link;
    if ((targets.get(sourceOf(link)) ?? 0) > 1) return { ...link, kind: 'split' };
    if ((sources.get(targetOf(link)) ?? 0) > 1) return { ...link, kind: 'merge' };
    return { ...link, kind: fromCode === toCode ? 'rename' : 'code_change' };
  });
}
