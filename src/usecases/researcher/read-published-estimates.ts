import type { Context } from '../../context';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Actor } from '../../domain/permissions';
import type { EstimatesAnswer } from '../../formats/api/estimates-answer';
import { buildEstimateRecords } from '../../formats/estimates-table';
import { describeAnswer } from '../describe-answer';
import { listVisibleGroups, loadFigures } from '../load-figures';
import { loadResults } from '../load-results';

/**
 * Reads everything that one edition of a release shows, rounded as on the pages, for programs.
 * @param context the process' context
 * @param actor who asks; somebody without a right in the network has the public edition, when there is one
 * @param input key of the wave, and the edition when another one than the actor's own is wanted
 * @returns the figures with what identifies the release, who is counted and what the keys mean
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function readPublishedEstimates(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly edition?: ReleaseVisibility | undefined },
): Promise<EstimatesAnswer> {
  const { waveKey, edition } = input;
  const results = await loadResults(context, actor, {
    waveKey,
    action: 'export results',
    ...(edition === undefined ? {} : { audience: edition }),
  });
  const groups = listVisibleGroups(actor, results).filter(({ rest }) => rest === null);
  const rows = await loadFigures(context, results, groups);
  return {
    ...describeAnswer(results, groups),
    estimates: buildEstimateRecords(rows, 'rounded').map((record) => ({
      ...record,
      flags: record.flags === null ? null : [...record.flags],
    })),
  };
}
