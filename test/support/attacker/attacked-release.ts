import { computeRelease, type ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { findRouteGates } from '../../../src/domain/benchmark/route-gates';
import { toDesignCells } from '../../../src/domain/benchmark/release-strata';
import { roundEstimate } from '../../../src/domain/benchmark/shown-figures';
import { isSuppressed } from '../../../src/domain/disclosure/publishable';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { Knowledge, PrintedFigure } from './knowledge';

/** What somebody knows who knows who answered and every weight, and has read nothing yet. */
export function knowAllButAnswers(input: ReleaseInput): Omit<Knowledge, 'figures' | 'contributors'> {
  const { strata, tally, bases, policy, peers = [] } = input;
  const design = stratify(toDesignCells(strata, tally.respondents));
  const gates = findRouteGates(
    tally.indicators.map(({ indicator }) => indicator),
    bases,
  );
  return {
    k: policy.minimumCellSize,
    strata: strata.map(({ organisation, sector, size }, index) => ({
      organisation,
      sector,
      size,
      peers: peers.filter(({ members }) => members.includes(organisation)).map(({ code }) => code),
      respondents: tally.respondents[index]!,
      weight: design.strata[index]!.weight,
    })),
    questions: tally.indicators.map(({ indicator }) => ({
      indicator: indicator.id,
      options: indicator.options.map(({ id }) => id),
      isOpinion: indicator.sensitivity === 1,
      isAskedOfAll: gates.get(indicator.id)!.length === 0,
    })),
    valid: Object.fromEntries(tally.indicators.map(({ indicator, valid }) => [indicator.id, [...valid]])),
  };
}

/** The same with every figure of the release as it is printed. */
export function readRelease(input: ReleaseInput): Knowledge {
  const { estimates, lattice } = computeRelease(input);
  const figures = estimates.flatMap((row): PrintedFigure[] => {
    const shown = roundEstimate(row.estimate);
    if (isSuppressed(shown)) return [];
    const { indicator, option, group } = row;
    const { n, percent, flags } = shown.value;
    return [{ indicator, option, group, n, percent, isCoarse: flags.includes('coarse') }];
  });
  return { ...knowAllButAnswers(input), contributors: lattice.contributors, figures };
}
