import PostalMime from 'postal-mime';

/** A mail as people read it. */
export interface ReadableMail {
  readonly subject: string;
  readonly to: string;
  readonly sentAt: Date | null;
  readonly text: string;
  /** Null: plain text only. */
  readonly html: string | null;
}

/**
 * Reads a message of ours.
 * @param bytes the message
 */
export async function readMail(bytes: Uint8Array): Promise<ReadableMail> {
  const { subject = '', to = [], date = '', text = '', html } = await new PostalMime().parse(bytes);
  const people = to.map(({ name, address = '' }) => (name === '' ? address : `${name} <${address}>`));
  const moment = new Date(date);
  return {
    subject,
    to: people.join(', '),
    sentAt: Number.isNaN(moment.getTime()) ? null : moment,
    text,
    html: html ?? null,
  };
}
