/** One message to one person. */
export interface Mail {
  readonly to: { readonly name: string | null; readonly address: string };
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  readonly html?: string;
  /** Without angle brackets; the same message sent again keeps it, so that a receiver can tell. */
  readonly messageId?: string;
  /** Where what cannot be delivered comes back to; the sender unless given. */
  readonly returnPath?: string;
  /** Who reads answers; the sender unless given. */
  readonly replyTo?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
