import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { readDeliveryStatus, type DeliveryReport } from '../../domain/mail/delivery-status';

/** A report about mail of ours that came back. */
export interface ReturnedMail {
  /** Number that the return address of the mail carried; null when it did not. */
  readonly itemId: string | null;
  /** Of the mail that the report is about, without angle brackets; null when it does not say. */
  readonly messageId: string | null;
  readonly report: DeliveryReport;
}

const returnNumber = /\+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i;
const addressHeaders = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-failed-recipients'];

function readContent({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

function findItemId({ headers }: Email): string | null {
  const values = headers.filter(({ key }) => addressHeaders.includes(key)).map(({ value }) => value);
  return values.map((value) => returnNumber.exec(value)?.[1]?.toLowerCase()).find((id) => id !== undefined) ?? null;
}

/** Fields of each recipient stand in a paragraph of their own behind those of the message (RFC 3464, 2.1). */
function readReport(text: string): DeliveryReport {
  const unfolded = text.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ');
  const reports = unfolded.split(/\n\s*\n/).flatMap((paragraph) => {
    const action = /^action:\s*(\S+)/im.exec(paragraph)?.[1];
    if (action === undefined) return [];
    return [readDeliveryStatus(action, /^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(paragraph)?.[1] ?? null)];
  });
  return reports.find(({ kind }) => kind === 'failed') ?? { kind: 'passing' };
}

/**
 * Reads a message that came to the return address (RFC 3464).
 * @param bytes the message as it was received
 * @returns what it reports, or null when it is no report: an absence notice, an answer by a person, advertisement
 */
export async function readDeliveryReport(bytes: Uint8Array): Promise<ReturnedMail | null> {
  const email = await new PostalMime({ forceRfc822Attachments: true }).parse(bytes);
  const status = email.attachments.find(({ mimeType }) =>
    ['message/delivery-status', 'message/global-delivery-status'].includes(mimeType),
  );
  if (status === undefined) return null;
  const original = email.attachments.find(({ mimeType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/rfc822-headers'].includes(mimeType),
  );
  const head = original === undefined ? '' : readContent(original).split(/\r?\n\r?\n/)[0];
  const messageId = /^message-id:\s*<([^<>\s]+)>/im.exec((head ?? '').replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? null;
  return { itemId: findItemId(email), messageId, report: readReport(readContent(status)) };
}
