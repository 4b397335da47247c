import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { updateTestMailReceived } from '../../db/mail-tests';
import { toDate } from '../../domain/fieldwork/wave-state';
import { readTestMailToken } from '../../domain/mail/signed-links';
import { AppError } from '../../errors';

/**
 * Notes that a test mail has arrived. Whoever reads it need not sign in: the link itself shows that it did.
 * @param context the process' context
 * @param token the token of the link in the mail
 * @returns key of the wave
 * @throws AppError test_link_invalid
 */
export async function confirmTestMail(context: Context, token: string): Promise<string> {
  const now = context.now();
  const test = readTestMailToken(context.secrets.optOut, token, now);
  if (test === null) throw new AppError('test_link_invalid');
  return context.db.transaction(async (transaction) => {
    const wave = await updateTestMailReceived(transaction, { waveId: test.waveId, date: toDate(now) });
    if (wave === null) throw new AppError('test_link_invalid');
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: test.actorId,
      networkId: wave.networkId,
      action: 'received test mail',
      subject: wave.key,
    });
    return wave.key;
  });
}

/**
 * Tells whether the link of a test mail still works. Writes nothing: programs that scan mail follow links.
 * @param context the process' context
 * @param token the token of the link in the mail
 * @throws AppError test_link_invalid
 */
export function checkTestMailLink(context: Context, token: string): void {
  if (readTestMailToken(context.secrets.optOut, token, context.now()) === null) throw new AppError('test_link_invalid');
}
