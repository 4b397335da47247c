import type { Context } from '../../context';
import { parseBaselineKey, parseWaveKey, type StoredComparator } from '../../domain/benchmark/comparators';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Actor } from '../../domain/permissions';
import { readRelevantDifference } from '../../domain/disclosure/policy';
import type { ComparisonsAnswer } from '../../formats/api/comparisons-answer';
import { buildPrintedRecords } from '../../formats/comparisons-table';
import { describeAnswer } from '../describe-answer';
import { loadComparisonRows } from '../load-comparison-rows';
import { listVisibleGroups } from '../load-figures';
import { loadResults, type Results } from '../load-results';

/**
 * Reads what the organisations of one edition of a release are compared with, printed as on the pages, for programs.
 * @param context the process' context
 * @param actor who asks; somebody without a right in the network has the public edition, when there is one
 * @param input key of the wave, the edition when another one than the actor's own is wanted, and one kind of comparator
 * @returns comparisons with what identifies the release, who is counted and what the keys mean
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function readPublishedComparisons(
  context: Context,
  actor: Actor,
  input: {
    readonly waveKey: string;
    readonly edition?: ReleaseVisibility | undefined;
    readonly comparator?: StoredComparator | undefined;
  },
): Promise<ComparisonsAnswer> {
  const { waveKey, edition, comparator } = input;
  const results = await loadResults(context, actor, {
    waveKey,
    action: 'export results',
    ...(edition === undefined ? {} : { audience: edition }),
  });
  const groups = listVisibleGroups(actor, results);
  const { rows, estimates } = await loadComparisonRows(context, results, {
    groups,
    ...(comparator === undefined ? {} : { kinds: [comparator] }),
  });
  const { comparators, policy } = results.release;
  return {
    ...describeAnswer(
      results,
      groups.filter(({ organisation }) => organisation !== null),
    ),
    relevantDifference: readRelevantDifference(policy),
    earlierWaves: [...(comparators?.waves ?? [])],
    breaks: (comparators?.breaks ?? []).map((address) => {
      const [indicator = '', option = ''] = address.split('/');
      return { indicator, option };
    }),
    comparisons: buildPrintedRecords(rows, estimates).map((record) => ({
      ...record,
      period: findPeriod(context, results, record),
    })),
  };
}

/** Period of an earlier wave or a published figure; that of the wave itself for everything else. */
function findPeriod(
  context: Context,
  { wave, release, codebook }: Results,
  {
    indicator,
    option,
    comparator,
  }: { readonly indicator: string; readonly option: string; readonly comparator: string },
): string | null {
  const earlier = parseWaveKey(comparator);
  if (earlier !== null) return release.comparators?.waves.find(({ key }) => key === earlier)?.period ?? null;
  const published = parseBaselineKey(comparator);
  if (published === null) return wave.period;
  const link = codebook.indicators
    .find(({ id }) => id === indicator)
    ?.options.find(({ id }) => id === option)
    ?.baselines?.find(({ baseline }) => baseline === published.baseline);
  const row = context.baselines.rows.get(published.baseline)?.find((one) => {
    return one.round === published.round && one.indicator_id === link?.indicatorId && one.option_id === link.optionId;
  });
  return row?.period ?? null;
}
