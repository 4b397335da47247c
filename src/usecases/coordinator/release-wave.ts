import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { deleteReleaseRequest } from '../../db/release-requests';
import { updateWaveReleased } from '../../db/waves';
import type { ReleaseChoice } from '../../domain/fieldwork/release-choice';
import { stateBefore, toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { decideRelease } from '../release-wish';
import { storeRelease, type ProgressListener, type ReleasedWave } from '../store-release';

/**
 * Computes and stores everything that will ever be shown of a closed wave, in one transaction: weights, mask, estimates
 * and comparisons, for the network and, when that is chosen, for everybody. The same responses, rules and instrument give
 * the same rows. Where two people release, what one asked for and another approved is done, and nothing else.
 * @param context the process' context
 * @param actor who releases
 * @param input key of the wave, visibility and embargo when they were not asked for on the wave's page, and who is told
 *   how far it has come
 * @returns number of the release and how many figures it holds, suppressed ones included
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state when the wave is not closed, release_needs_two,
 *   release_not_public, or too_few_responses and too_few_public when nothing could be shown
 */
export async function releaseWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly choice?: ReleaseChoice; readonly onProgress?: ProgressListener },
): Promise<ReleasedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, stateBefore('released'));
    const now = context.now();
    const { choice, approvedBy } = await decideRelease(transaction, wave, input.choice);
    const { onProgress } = input;
    const released = await storeRelease(context, transaction, {
      wave,
      choice,
      releasedAt: now,
      onProgress,
      reason: null,
    });
    await nameConstraintFaults({ key: wave.key }, () =>
      updateWaveReleased(transaction, { waveId: wave.id, date: toDate(now) }),
    );
    await deleteReleaseRequest(transaction, wave.id);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'released wave',
      subject: wave.key,
      detail: {
        number: released.number,
        inputSha256: released.inputSha256,
        visibility: choice.visibility,
        embargoUntil: choice.embargoUntil?.toISOString() ?? null,
        approvedBy,
      },
    });
    return released;
  });
}
