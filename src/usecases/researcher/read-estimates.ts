import type { Context } from '../../context';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { buildEstimateRecords, type EstimatePrecision, type EstimateRecord } from '../../formats/estimates-table';
import { listVisibleGroups, loadFigures } from '../load-figures';
import { loadResults } from '../load-results';

/**
 * Reads every figure of a released wave as plain records: network, organisations and their breakdowns.
 * @param context the process' context
 * @param actor who asks; only the operator at the command line may have full precision
 * @param input key of the wave, precision, and the edition: the network's unless told
 * @returns records by group and indicator; suppressed ones empty
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function readEstimates(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly precision: EstimatePrecision; readonly audience?: ReleaseVisibility },
): Promise<readonly EstimateRecord[]> {
  if (input.precision === 'full' && actor.kind !== 'operator') throw new AppError('not_allowed');
  const { waveKey, audience = 'network' } = input;
  const results = await loadResults(context, actor, { waveKey, audience, action: 'export results' });
  const groups = listVisibleGroups(actor, results).filter(({ rest }) => rest === null);
  return buildEstimateRecords(await loadFigures(context, results, groups), input.precision);
}
