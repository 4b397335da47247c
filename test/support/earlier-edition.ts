import type { EarlierEdition, EarlierRelease } from '../../src/domain/benchmark/earlier-release';
import type { ReleaseEditions } from '../../src/domain/benchmark/compute-release';
import type { ReleaseFigures } from '../../src/domain/benchmark/release-figures';
import { roundEstimate } from '../../src/domain/benchmark/shown-figures';
import { isSuppressed, suppressed } from '../../src/domain/disclosure/publishable';
import type { PrintedFigure } from './attacker/knowledge';

/** An edition as a later release finds it. */
export function rememberEdition({ estimates, comparisons }: ReleaseFigures): EarlierEdition {
  const figures = new Map(estimates.map((row) => [`${row.indicator}/${row.option}/${row.group}`, row.estimate]));
  const compared = new Map(
    comparisons.map((row) => [
      [row.indicator, row.option, row.group, row.kind, row.comparator].join('/'),
      row.comparison,
    ]),
  );
  return {
    findEstimate: ({ indicator, option, group }) => figures.get(`${indicator}/${option}/${group}`) ?? suppressed,
    findComparison: (row) =>
      compared.get([row.indicator, row.option, row.group, row.kind, row.comparator].join('/')) ?? suppressed,
    hasMeans: comparisons.some(({ kind }) => kind === 'organisations'),
  };
}

/** Both editions of a release as a later one finds them. */
export function rememberRelease(editions: ReleaseEditions, firstCellSize: number): EarlierRelease {
  return {
    number: 1,
    firstCellSize,
    network: rememberEdition(editions.network),
    ...(editions.public === null ? {} : { public: rememberEdition(editions.public.figures) }),
  };
}

/** Everything that an edition prints. */
export function printFigures({ estimates }: ReleaseFigures): readonly PrintedFigure[] {
  return estimates.flatMap((row): PrintedFigure[] => {
    const shown = roundEstimate(row.estimate);
    if (isSuppressed(shown)) return [];
    const { n, percent, flags } = shown.value;
    const { indicator, option, group } = row;
    return [{ indicator, option, group, n, percent, isCoarse: flags.includes('coarse') }];
  });
}
