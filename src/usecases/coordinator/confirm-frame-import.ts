import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteFrameEntries, storeFrameEntries } from '../../db/frame-entries';
import { deleteFrameImport } from '../../db/frame-imports';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf } from '../authorise';
import { findFrameImport } from '../find-frame-import';
import { findFrame } from '../frame-access';
import { planFrameImport } from '../plan-frame-import';

/**
 * Puts an uploaded file into the frame, exactly as it was shown.
 * @param context the process' context
 * @param actor who confirms
 * @param input key of the wave, id of the import, the fingerprint of what was shown, and whether rows with faults are left
 *   out
 * @returns changed when the frame or the file's meaning is no longer what was shown, and nothing was stored
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing, form_faulty
 */
export async function confirmFrameImport(
  context: Context,
  actor: Actor,
  input: {
    readonly waveKey: string;
    readonly importId: string;
    readonly seen: string;
    readonly leavesOutFaulty: boolean;
  },
): Promise<'stored' | 'changed'> {
  return context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    const now = context.now();
    const { mapping, ...upload } = await findFrameImport(transaction, access, { actor, importId: input.importId, now });
    if (mapping === null) throw new AppError('import_missing');
    const plan = await planFrameImport(transaction, access, { ...upload, mapping });
    if (plan.fingerprint !== input.seen) return 'changed';
    const { added, changed, removed, unchanged } = plan.difference;
    if (plan.faultyRows > 0 && !input.leavesOutFaulty) throw refuse('frame.preview.not_left_out');
    if (added.length + changed.length + unchanged.length === 0) throw refuse('frame.preview.nothing_sound');
    await deleteFrameEntries(
      transaction,
      access.wave.id,
      removed.map(({ unit }) => unit),
    );
    await storeFrameEntries(transaction, access.wave.id, [...added, ...changed.map(({ after }) => after)]);
    await deleteFrameImport(transaction, upload.id);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: 'imported frame',
      subject: access.wave.key,
      detail: {
        added: added.length,
        changed: changed.length,
        removed: removed.length,
        unchanged: unchanged.length,
        rowsLeftOut: plan.faultyRows,
      },
    });
    return 'stored';
  });
}

function refuse(key: string): AppError {
  return new AppError('form_faulty', { fields: [{ field: 'leave_out', key }] });
}
