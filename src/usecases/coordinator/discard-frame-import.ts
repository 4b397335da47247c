import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteFrameImport } from '../../db/frame-imports';
import type { Actor } from '../../domain/permissions';
import { idOf } from '../authorise';
import { findFrameImport } from '../find-frame-import';
import { findFrame } from '../frame-access';

/**
 * Throws an uploaded file away.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and id of the import
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing
 */
export async function discardFrameImport(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly importId: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    const now = context.now();
    const { id } = await findFrameImport(transaction, access, { actor, importId: input.importId, now });
    await deleteFrameImport(transaction, id);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: 'discarded frame file',
      subject: access.wave.key,
    });
  });
}
