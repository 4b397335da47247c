import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { updateWaveDeadline } from '../../db/wave-plans';
import type { Wave } from '../../db/waves';
import { isDay } from '../../domain/fieldwork/read-wave-plan';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { FieldFault } from '../../domain/form-fault';
import type { Actor } from '../../domain/permissions';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';

/**
 * Moves the deadline of an open wave: to today or later, and before names and addresses are deleted.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and the last day for answering, YYYY-MM-DD
 * @throws AppError wave_unknown, sign_in_needed, not_allowed, wave_state or form_faulty
 */
export async function moveDeadline(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly closesOn: string },
): Promise<void> {
  const closesOn = input.closesOn.trim();
  await context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'open');
    const now = context.now();
    requireFaultless(checkDeadline(wave, closesOn, toDate(now)));
    if (closesOn === wave.closesOn) return;
    await updateWaveDeadline(transaction, wave.id, closesOn);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'moved deadline',
      subject: wave.key,
      detail: { from: wave.closesOn, to: closesOn },
    });
  });
}

function checkDeadline({ deleteAddressesOn }: Wave, closesOn: string, today: string): readonly FieldFault[] {
  const fault = (key: string, values?: FieldFault['values']): readonly FieldFault[] => [
    { field: 'closesOn', key: `wave_form.fault.${key}`, ...(values === undefined ? {} : { values }) },
  ];
  if (!isDay(closesOn)) return fault('date');
  if (closesOn < today) return fault('deadline_past');
  return deleteAddressesOn !== null && closesOn >= deleteAddressesOn ? fault('deadline_late') : [];
}
