import type { Context } from '../context';
import { insertAuditEvent } from '../db/audit';
import type { Database } from '../db/database';
import { insertErasure } from '../db/erasures';
import type { Wave } from '../db/waves';
import { toDate } from '../domain/fieldwork/wave-state';
import type { Actor } from '../domain/permissions';
import { idOf } from './authorise';

/**
 * Keeps that a response was erased and when, never which one or by whom it was given.
 * @param context the process' context
 * @param transaction the transaction that erases it
 * @param erasure the wave, who erases, and how the response was found
 */
export async function keepErasure(
  context: Context,
  transaction: Database,
  {
    wave,
    actor,
    foundBy,
  }: { readonly wave: Wave; readonly actor: Actor; readonly foundBy: 'receipt' | 'sole_response' },
): Promise<void> {
  const now = context.now();
  await insertErasure(transaction, { waveId: wave.id, date: toDate(now), foundBy });
  await insertAuditEvent(transaction, {
    occurredAt: now,
    actorId: idOf(actor),
    networkId: wave.networkId,
    action: 'erased response',
    subject: wave.key,
    detail: { foundBy },
  });
}
