import { z } from 'zod';

/** What a register tells that makes organisations alike. */
export const peerBases = ['kind', 'kostra_group', 'population'] as const;
export type PeerBasis = (typeof peerBases)[number];

/** Every printed figure costs: so many peer groups, a wave has at most. */
export const maximumPeerGroups = 8;
/** So many of them may be chosen by hand. */
export const maximumChosenGroups = 3;

/**
 * Population bands of municipalities, inhabitants. Small, medium and large as in Statistics Norway's grouping of
 * municipalities (Kringlebotten, Langørgen 2020, Rapporter 2020/48); the large ones are divided once more at 50,000.
 */
const populationBands = [
  { value: 'under-5000', from: 0, to: 4999 },
  { value: '5000-19999', from: 5000, to: 19_999 },
  { value: '20000-49999', from: 20_000, to: 49_999 },
  { value: 'from-50000', from: 50_000, to: null },
] as const;

export const peerGroupSchema = z.strictObject({
  /** Stands in group keys: lower-case letters, digits and hyphens. */
  code: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  basis: z.enum([...peerBases, 'chosen']),
  /** Kind of organisation, KOSTRA group, population band; the name of a group chosen by hand. */
  value: z.string(),
  /** Year of the register's facts; null where there is none. */
  year: z.int().nullable(),
  /** Keys of organisations, in code order. */
  members: z.array(z.string()),
});

/** Organisations that are alike, chosen before the wave opened. */
export type PeerGroup = Readonly<z.infer<typeof peerGroupSchema>>;

export const peerChoiceSchema = z.strictObject({
  bases: z.array(z.enum(peerBases)),
  /** Groups chosen by hand. */
  groups: z.array(z.strictObject({ name: z.string(), members: z.array(z.string()) })),
});

/** What a coordinator has chosen for a wave. */
export type PeerChoice = Readonly<z.infer<typeof peerChoiceSchema>>;

export const noPeerChoice: PeerChoice = { bases: [], groups: [] };

/** An organisation that takes part, with what registers tell of it. */
export interface PeerOrganisation {
  readonly key: string;
  readonly kind: 'municipality' | 'county' | 'other';
  readonly facts: readonly {
    readonly kind: 'population' | 'kostra_group';
    readonly year: number;
    readonly value: string;
  }[];
}

/**
 * Divides the organisations of a wave as was chosen. Which groups are of use is another question.
 * @param choice bases and groups chosen by hand
 * @param organisations those that take part
 * @returns groups with at least one member, by basis, those chosen by hand last
 */
export function listPeerCandidates(
  choice: PeerChoice,
  organisations: readonly PeerOrganisation[],
): readonly PeerGroup[] {
  const known = new Set(organisations.map(({ key }) => key));
  const chosen = choice.groups.map(({ name, members }, at): PeerGroup => {
    const taking = [...new Set(members)].filter((key) => known.has(key)).sort();
    return { code: `chosen-${at + 1}`, basis: 'chosen', value: name, year: null, members: taking };
  });
  const divided = peerBases.flatMap((basis) => (choice.bases.includes(basis) ? divide(basis, organisations) : []));
  return [...divided, ...chosen].filter(({ members }) => members.length > 0);
}

function divide(basis: PeerBasis, organisations: readonly PeerOrganisation[]): readonly PeerGroup[] {
  const year = basis === 'kind' ? null : chooseYear(basis, organisations);
  const groups = new Map<string, PeerGroup>();
  for (const organisation of [...organisations].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const value = readValue(basis, organisation, year);
    if (value === null) continue;
    const code = nameCode(basis, value);
    const members = [...(groups.get(code)?.members ?? []), organisation.key];
    groups.set(code, { code, basis, value, year, members });
  }
  const order = (value: string): string => String(orderOf(basis, value)).padStart(2, '0') + value;
  return [...groups.values()].sort((a, b) => (order(a.value) < order(b.value) ? -1 : 1));
}

/** The year for which most organisations have the fact; of several the latest. */
function chooseYear(basis: Exclude<PeerBasis, 'kind'>, organisations: readonly PeerOrganisation[]): number | null {
  const counts = new Map<number, number>();
  for (const { facts } of organisations) {
    for (const { kind, year } of facts) if (kind === basis) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([year, count], [other, others]) => others - count || other - year);
  return best?.[0] ?? null;
}

/** Null: the organisation is in no group of the basis. */
function readValue(basis: PeerBasis, { kind, facts }: PeerOrganisation, year: number | null): string | null {
  if (kind === 'other') return null;
  if (basis === 'kind') return kind;
  const value = facts.find((fact) => fact.kind === basis && fact.year === year)?.value;
  if (value === undefined || basis === 'kostra_group') return value ?? null;
  if (kind === 'county') return null;
  const inhabitants = Number(value);
  return populationBands.find(({ to }) => to === null || inhabitants <= to)?.value ?? null;
}

function nameCode(basis: PeerBasis, value: string): string {
  const prefixes = { kind: '', kostra_group: 'kostra-', population: 'population-' } as const;
  return `${prefixes[basis]}${value.toLowerCase()}`;
}

function orderOf(basis: PeerBasis, value: string): number {
  if (basis === 'kind') return value === 'municipality' ? 0 : 1;
  return basis === 'population' ? populationBands.findIndex((band) => band.value === value) : 0;
}

/**
 * @param basis a basis
 * @param organisations those that take part
 * @returns keys of those that a register ought to place and does not
 */
export function listUnplaced(basis: PeerBasis, organisations: readonly PeerOrganisation[]): readonly string[] {
  const placed = new Set(divide(basis, organisations).flatMap(({ members }) => members));
  return organisations
    .filter(({ kind }) => kind === 'municipality' || (kind === 'county' && basis !== 'population'))
    .filter(({ key }) => !placed.has(key))
    .map(({ key }) => key);
}

/**
 * @param peers peer groups of a wave
 * @returns codes of the groups of every organisation that is in one
 */
export function listCodesOf(
  peers: readonly Pick<PeerGroup, 'code' | 'members'>[],
): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const { code, members } of peers) {
    for (const member of members) codes.set(member, [...(codes.get(member) ?? []), code]);
  }
  return codes;
}
