import type { Context } from '../../../src/context';
import { selectReleaseEstimates } from '../../../src/db/release-figures';
import { selectHiddenReasons } from '../../../src/db/release-hidden-reasons';
import { computeComparisons } from '../../../src/domain/benchmark/compute-comparisons';
import { nothingOutside } from '../../../src/domain/benchmark/outside-figures';
import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { isMember, parseGroupKey } from '../../../src/domain/benchmark/groups';
import { listHeadlines } from '../../../src/domain/benchmark/headline-options';
import type { FigureAddress, ReleaseEstimateRow, ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { placePeers, toDesignCells } from '../../../src/domain/benchmark/release-strata';
import { declareLattice } from '../../../src/domain/disclosure/lattice';
import { isSuppressed, publish, suppressed, type Publishable } from '../../../src/domain/disclosure/publishable';
import type { HiddenReason } from '../../../src/domain/disclosure/types';
import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { createShareEstimator } from '../../../src/domain/statistics/estimate-share';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { ShareEstimate } from '../../../src/domain/statistics/types';

/** Rules of a release that can be left out here, and nowhere in the program. */
export type LeftOutRule = Extract<HiddenReason, 'threshold' | 'complement' | 'audit'>;

/** What was released with all rules. */
export type SoundRelease = Omit<ReleaseFigures, 'comparisons'>;

/** Reads the newest release of a wave as it is stored. */
export async function readSoundRelease(context: Context, waveKey: string): Promise<SoundRelease> {
  const { release } = (await context.results.load(context.db, waveKey))!;
  const { id, lattice, participation, comparators } = release!;
  const groups = declareLattice(lattice).map(({ key }) => key);
  const estimates = await selectReleaseEstimates(context.db, { releaseId: id, groups });
  return {
    lattice,
    participation,
    comparators: comparators!,
    estimates,
    hidden: await selectHiddenReasons(context.db, id),
  };
}

/**
 * Makes a release in which one rule was left out: groups that only this rule hides are shown, and without the audit every
 * share is a whole per cent.
 */
export function computeLeakyRelease(input: ReleaseInput, sound: SoundRelease, rule: LeftOutRule): ReleaseFigures {
  const { tally } = input;
  const groups = declareLattice(sound.lattice);
  const opened = new Set(
    sound.hidden.filter(({ reason }) => reason === rule).map(({ indicator, group }) => `${indicator}/${group}`),
  );
  const estimate = createEstimator(input, sound);
  const found = new Map<string, Publishable<ShareEstimate>>();
  const estimates = sound.estimates.map((row): ReleaseEstimateRow => {
    const { indicator, option, group } = row;
    if (isSuppressed(row.estimate) && !opened.has(`${indicator}/${group}`)) return row;
    const computed = estimate(row);
    if (computed === undefined) return row;
    const mask = { published: new Set([group]), hidden: new Map() };
    const { n, share, se, seNoFpc, df, low, high } = computed;
    const isCoarse = rule !== 'audit' && !isSuppressed(row.estimate) && row.estimate.value.flags.includes('coarse');
    const flags = isCoarse ? [...computed.flags, 'coarse' as const].sort() : computed.flags;
    const figure = publish(mask, group, { ...computed, flags });
    if (!isSuppressed(figure)) found.set(`${indicator}/${option}/${group}`, figure);
    const stored = { indicator, option, group, n, share, se, seNoFpc, df, low, high, flags };
    return { ...row, estimate: publish(mask, group, stored) };
  });
  const comparisons = computeComparisons({
    groups,
    policy: input.policy,
    organisations: sound.lattice.organisations,
    peers: sound.lattice.peers ?? [],
    relevantDifference: 0.05,
    outside: nothingOutside,
    contrast:
      () =>
      () =>
      (_, { own, network }) =>
        compareShares(own, network),
    headlines: listHeadlines(tally.indicators.map(({ indicator }) => indicator)),
    lookUp: (indicator, option) => (group) => found.get(`${indicator}/${option}/${group}`) ?? suppressed,
  });
  return { ...sound, estimates, comparisons, hidden: sound.hidden.filter(({ reason }) => reason !== rule) };
}

/** Estimates any group of any indicator, hidden or not. */
function createEstimator(
  { strata: places, tally }: ReleaseInput,
  { lattice }: SoundRelease,
): (address: FigureAddress) => ShareEstimate | undefined {
  const strata = placePeers(places, lattice.peers ?? []);
  const design = stratify(toDesignCells(strata, tally.respondents));
  const known = new Map<string, ReturnType<typeof createShareEstimator>>();
  return ({ indicator, option, group }) => {
    const counts = tally.indicators.find((one) => one.indicator.id === indicator)!;
    const name = `${indicator}/${group}`;
    if (!known.has(name)) {
      const isCounted = new Set(lattice.contributors[indicator]);
      const place = parseGroupKey(group)!;
      const domain = strata.flatMap((stratum, index) => {
        const isIn = isMember(place, stratum) && (place.organisation !== null || isCounted.has(stratum.organisation));
        return isIn && design.strata[index]!.weight > 0 ? [index] : [];
      });
      known.set(name, createShareEstimator(design, counts.valid, domain));
    }
    const position = counts.indicator.options.findIndex(({ id }) => id === option);
    return known.get(name)?.(counts.yes[position]!);
  };
}
