import type { Context } from '../../context';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { buildComparisonRecords, type ComparisonRecord } from '../../formats/comparisons-table';
import type { EstimatePrecision } from '../../formats/estimates-table';
import { loadComparisonRows } from '../load-comparison-rows';
import { listVisibleGroups } from '../load-figures';
import { loadResults } from '../load-results';

/**
 * Reads every stored comparison of a released wave as plain records: each organisation, in all and by sector and size,
 * with every comparator of the release.
 * @param context the process' context
 * @param actor who asks; only the operator at the command line may have full precision
 * @param input key of the wave, precision, and the edition: the network's unless told
 * @returns records by group, indicator and comparator; suppressed ones empty
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function readComparisons(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly precision: EstimatePrecision; readonly audience?: ReleaseVisibility },
): Promise<readonly ComparisonRecord[]> {
  if (input.precision === 'full' && actor.kind !== 'operator') throw new AppError('not_allowed');
  const { waveKey, audience = 'network' } = input;
  const results = await loadResults(context, actor, { waveKey, audience, action: 'export results' });
  const groups = listVisibleGroups(actor, results);
  const { rows, estimates } = await loadComparisonRows(context, results, { groups });
  return buildComparisonRecords(rows, estimates, input.precision);
}
