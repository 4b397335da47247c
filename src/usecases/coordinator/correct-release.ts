import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import type { Database } from '../../db/database';
import { deleteReleaseRequest, type ReleaseRequest } from '../../db/release-requests';
import { updateWaveCellSize, type Wave } from '../../db/waves';
import type { ReleaseChoice } from '../../domain/fieldwork/release-choice';
import { readCorrection, type CorrectionWish } from '../../domain/fieldwork/read-correction';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';
import { decideRelease } from '../release-wish';
import { storeRelease, type ProgressListener, type ReleasedWave } from '../store-release';

/**
 * Releases a released wave again as a correction, in one transaction: computed anew from the same responses, and telling no
 * share that an earlier release did not tell. Earlier releases stay as they are stored; the newest is what pages and files
 * show. Where two people release, what one asked for and another approved is done, and nothing else.
 * @param context the process' context
 * @param actor who corrects
 * @param input key of the wave; reason, smallest number of answers, visibility and embargo when they were not asked for on the wave's page; who is told
 *   how many responses have been read, of how many
 * @returns number of the release and how many figures it holds, suppressed ones included
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state when the wave is not released, release_needs_two,
 *   release_not_public, release_request_changed when nothing is asked for, form_faulty without a reason,
 *   release_answers_changed, or correction_empty and too_few_public when nothing could be shown
 */
export async function correctRelease(
  context: Context,
  actor: Actor,
  input: {
    readonly waveKey: string;
    readonly correction?: { readonly reason: string; readonly k?: string; readonly choice: ReleaseChoice };
    readonly onProgress?: ProgressListener;
  },
): Promise<ReleasedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'released');
    const now = context.now();
    const { correction, onProgress } = input;
    const { choice, request, approvedBy } = await decideRelease(transaction, wave, correction?.choice);
    const { reason, minimumCellSize } = decideCorrection(wave, request, correction);
    const corrected = await raiseCellSize(transaction, wave, minimumCellSize);
    const released = await nameConstraintFaults({ key: wave.key }, () =>
      storeRelease(context, transaction, { wave: corrected, choice, releasedAt: now, onProgress, reason }),
    );
    await deleteReleaseRequest(transaction, wave.id);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'corrected release',
      subject: wave.key,
      detail: {
        number: released.number,
        reason,
        minimumCellSize,
        inputSha256: released.inputSha256,
        visibility: choice.visibility,
        embargoUntil: choice.embargoUntil?.toISOString() ?? null,
        approvedBy,
      },
    });
    return released;
  });
}

/** Where two people release, what was asked for counts; else what is given, or what was asked for. */
function decideCorrection(
  wave: Wave,
  request: ReleaseRequest | null,
  given: { readonly reason: string; readonly k?: string } | undefined,
): CorrectionWish {
  const current = wave.policy.minimumCellSize;
  if (given !== undefined && !wave.releaseNeedsTwo) {
    const { correction, faults } = readCorrection({ reason: given.reason, k: given.k ?? '' }, current);
    requireFaultless(faults);
    return correction;
  }
  if (request === null || request.reason === null) throw new AppError('release_request_changed');
  return { reason: request.reason, minimumCellSize: Math.max(current, request.minimumCellSize ?? current) };
}

async function raiseCellSize(transaction: Database, wave: Wave, minimumCellSize: number): Promise<Wave> {
  if (minimumCellSize === wave.policy.minimumCellSize) return wave;
  await updateWaveCellSize(transaction, { waveId: wave.id, minimumCellSize });
  return { ...wave, policy: { ...wave.policy, minimumCellSize } };
}
