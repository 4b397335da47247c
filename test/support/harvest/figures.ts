/** A figure as somebody reads it on a page or in a file. What a source does not tell is left out. */
export interface HarvestedFigure {
  /** Where it was read. */
  readonly source: string;
  readonly wave: string;
  readonly edition: string;
  readonly indicator: string;
  readonly option: string;
  readonly group: string;
  /** Null: hidden. */
  readonly shown: ShownFigure | null;
}

export interface ShownFigure {
  readonly percent: number;
  readonly n?: number;
  readonly low?: number;
  readonly high?: number;
  readonly isCoarse?: boolean;
}

/** A difference, at the address of the organisation's own figure. */
export interface HarvestedDifference extends Omit<HarvestedFigure, 'shown'> {
  /** Group that is compared with. */
  readonly against: string;
  /** Null: hidden. */
  readonly told: { readonly verdict: string; readonly points?: number } | null;
}

/** What one source holds. */
export interface Harvest {
  readonly figures: readonly HarvestedFigure[];
  readonly differences: readonly HarvestedDifference[];
  /** Everything that stands where a hidden figure would be, by kind of place: all of a kind must be alike. */
  readonly hiddenMarks: readonly { readonly place: string; readonly mark: string }[];
  /** Organisations that totals are made of, by indicator. */
  readonly contributors: Readonly<Record<string, readonly string[]>>;
}

export const emptyHarvest: Harvest = { figures: [], differences: [], hiddenMarks: [], contributors: {} };

export function joinHarvests(harvests: readonly Harvest[]): Harvest {
  return {
    figures: harvests.flatMap(({ figures }) => figures),
    differences: harvests.flatMap(({ differences }) => differences),
    hiddenMarks: harvests.flatMap(({ hiddenMarks }) => hiddenMarks),
    contributors: Object.assign({}, ...harvests.map(({ contributors }) => contributors)) as Harvest['contributors'],
  };
}

type Address = Pick<HarvestedFigure, 'wave' | 'edition' | 'indicator' | 'option' | 'group'>;

export function addressOf({ wave, edition, indicator, option, group }: Address): string {
  return [wave, edition, indicator, option, group].join('/');
}

/** Two sources that do not say the same of one figure. */
export interface Contradiction {
  readonly address: string;
  readonly first: string;
  readonly second: string;
}

/** Every source must say the same of a figure, as far as it tells it. */
export function findContradictions({ figures, differences }: Harvest): readonly Contradiction[] {
  const claims = [
    ...figures.map((one) => ({ address: addressOf(one), source: one.source, claim: one.shown })),
    ...differences.map((one) => ({
      address: `${addressOf(one)} v ${one.against}`,
      source: one.source,
      claim: one.told,
    })),
  ];
  const known = new Map<string, { source: string; claim: Readonly<Record<string, unknown>> | null }>();
  return claims.flatMap(({ address, source, claim }): Contradiction[] => {
    const own = claim === null ? null : { ...claim };
    const before = known.get(address);
    if (before === undefined) {
      known.set(address, { source, claim: own });
      return [];
    }
    if (isSame(before.claim, own)) {
      if (before.claim !== null && own !== null) Object.assign(before.claim, own);
      return [];
    }
    const write = (from: string, said: unknown): string => `${from}: ${JSON.stringify(said)}`;
    return [{ address, first: write(before.source, before.claim), second: write(source, own) }];
  });
}

function isSame(
  first: Readonly<Record<string, unknown>> | null,
  second: Readonly<Record<string, unknown>> | null,
): boolean {
  if (first === null || second === null) return first === second;
  return Object.keys(second).every((name) => !(name in first) || first[name] === second[name]);
}

/** One of every figure that is shown, with n. */
export function listShown({ figures }: Harvest): readonly (HarvestedFigure & { shown: Required<ShownFigure> })[] {
  const found = new Map<string, HarvestedFigure & { shown: Required<ShownFigure> }>();
  for (const figure of figures) {
    const { shown } = figure;
    if (shown?.n === undefined || shown.isCoarse === undefined) continue;
    const { percent, n, isCoarse, low = 0, high = 100 } = shown;
    found.set(addressOf(figure), { ...figure, shown: { percent, n, isCoarse, low, high } });
  }
  return [...found.values()];
}

/** Differences that are not those of the two printed shares, and so would tell more than these. */
export function findTellingDifferences(harvest: Harvest): readonly string[] {
  const percents = new Map(listShown(harvest).map((one) => [addressOf(one), one.shown.percent]));
  return harvest.differences.flatMap((one) => {
    const points = one.told?.points;
    if (points === undefined) return [];
    const [own, other] = [one.group, one.against].map((group) => percents.get(addressOf({ ...one, group })));
    const isPrinted = own !== undefined && other !== undefined && own - other === points;
    return isPrinted ? [] : [`${addressOf(one)} v ${one.against}: ${points} is not ${own} - ${other}`];
  });
}
