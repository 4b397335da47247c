/** What became of a mail after it had been taken. */
export type DeliveryReport =
  /** `isAddressDead`: nobody receives mail there. */
  { readonly kind: 'failed'; readonly isAddressDead: boolean } | { readonly kind: 'passing' };

const permanent = /^5\.\d{1,3}\.\d{1,3}$/;
const policy = /^5\.7\.\d{1,3}$/;

/**
 * Reads an action and an enhanced status code (RFC 3463, RFC 3464).
 * @param action failed, delayed, delivered, relayed or expanded, in any case
 * @param status such as 5.1.1; null when it was not told
 * @returns failed when the mail was given up. The address counts as dead when the status is permanent and is not about
 *   security or policy, which stop a message rather than an address.
 */
export function readDeliveryStatus(action: string, status: string | null): DeliveryReport {
  if (action.trim().toLowerCase() !== 'failed') return { kind: 'passing' };
  const code = status?.trim() ?? '';
  return { kind: 'failed', isAddressDead: permanent.test(code) && !policy.test(code) };
}

const words: Readonly<Record<string, string>> = {
  bounced: '5.0.0',
  failed: '5.0.0',
  permanent: '5.0.0',
  hard: '5.0.0',
  blocked: '5.7.0',
};

/**
 * Reads the status that a mail service reports.
 * @param status an enhanced status code such as 5.1.1, or one of bounced, failed, permanent, hard, blocked
 * @returns failed for these, passing for everything else
 */
export function readReportedStatus(status: string): DeliveryReport {
  const code = words[status.trim().toLowerCase()] ?? status.trim();
  return code.startsWith('5.') ? readDeliveryStatus('failed', code) : { kind: 'passing' };
}
