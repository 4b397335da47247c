import type { Context } from '../../context';
import { updateMailBounced } from '../../db/mail-outcomes';
import { readReportedStatus } from '../../domain/mail/delivery-status';
import { readDeliveryReport } from '../../formats/mail/read-delivery-report';
import { readMailbox } from '../../mail/bounce-mailbox';

/**
 * Reads what has come back to the mailbox of the return address. A mail that was given up makes its address
 * undeliverable; what says nothing final, or is no report, changes nothing. The installation does this by itself.
 * @param context the process' context
 * @returns number of mails of ours that came back
 */
export async function takeInBounces(context: Context): Promise<number> {
  const { mailbox } = context.config.bounces;
  if (mailbox === undefined) return 0;
  let found = 0;
  await readMailbox(mailbox, async (bytes) => {
    const returned = await readDeliveryReport(bytes).catch(() => null);
    if (returned === null) return false;
    const { report, itemId, messageId } = returned;
    if (report.kind === 'passing') return true;
    const { isAddressDead } = report;
    const isOurs =
      (itemId !== null && (await updateMailBounced(context.db, { itemId, messageId, isAddressDead }))) ||
      (await updateMailBounced(context.db, { itemId: null, messageId, isAddressDead }));
    if (isOurs) found += 1;
    return isOurs;
  });
  return found;
}

/** What a mail service tells about one mail. */
export interface ReportedBounce {
  /** Message id of the mail; angle brackets may be there. */
  readonly messageId: string;
  /** Enhanced status code such as 5.1.1, or a word such as bounced. */
  readonly status: string;
}

/**
 * Takes in what a mail service reports. Whoever calls has shown that they know the secret.
 * @param context the process' context
 * @param bounces what is reported
 * @returns number of reports about mails of ours
 */
export async function takeInReports(context: Context, bounces: readonly ReportedBounce[]): Promise<number> {
  let found = 0;
  for (const { messageId, status } of bounces) {
    const report = readReportedStatus(status);
    if (report.kind === 'passing') continue;
    const id = messageId.trim().replace(/^<|>$/g, '');
    const bounce = { itemId: null, messageId: id, isAddressDead: report.isAddressDead };
    if (await updateMailBounced(context.db, bounce)) found += 1;
  }
  return found;
}
