import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteFrameEntries } from '../../db/frame-entries';
import type { Actor } from '../../domain/permissions';
import { idOf } from '../authorise';
import { requireDraftFrame } from '../find-frame-import';
import { findFrame } from '../frame-access';
import { findUnit } from '../frame-unit';

/**
 * Takes a unit out of the frame of a draft wave, with those who were invited.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and id of the unit
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, unit_unknown
 */
export async function removeUnit(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly unitId: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireDraftFrame(access);
    const { unit } = await findUnit(transaction, access, input.unitId);
    await deleteFrameEntries(transaction, access.wave.id, [unit]);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: 'removed unit',
      subject: access.wave.key,
      detail: { unit },
    });
  });
}
