/** States of a mailing. `paused` with a fault: the mail server is the reason. */
export const mailingStates = ['planned', 'sending', 'paused', 'done', 'cancelled'] as const;
export type MailingState = (typeof mailingStates)[number];

/** Why a mailing stands still although nobody stopped it. `restored`: the installation came back from a backup. */
export const mailingFaults = [
  'login',
  'tls',
  'sender',
  'protocol',
  'unreachable',
  'refusals',
  'unexpected',
  'restored',
] as const;
export type MailingFault = (typeof mailingFaults)[number];

/** States of one mail. `skipped`: it was no longer called for; `bounced`: taken first, returned later. */
export const mailItemStates = ['waiting', 'sent', 'deferred', 'refused', 'bounced', 'skipped'] as const;
export type MailItemState = (typeof mailItemStates)[number];

/** Number of the last reminder; 0 is the invitation. */
export const lastMailing = 3;

const minuteMilliseconds = 60_000;
/** Minutes to wait after each refusal for now; the first ones pass a greylist, the last one a night. */
const retryMinutes = [1, 5, 15, 60, 180, 480] as const;
/** Minutes after which a server that does not answer is tried again without anybody asking. */
const resumeMinutes = [1, 5, 15, 30, 60, 60] as const;

/** So many refusals in a row say more about us or the list than about those in it. */
export const mostRefusedInARow = 10;

/**
 * Decides when a mail that was refused for now is tried again.
 * @param attempts how often it has been tried
 * @returns milliseconds to wait, or null when it has been tried often enough
 */
export function findRetryPause(attempts: number): number | null {
  const minutes = retryMinutes[attempts - 1];
  return minutes === undefined ? null : minutes * minuteMilliseconds;
}

/**
 * Decides whether and when a mailing that paused for its server goes on by itself.
 * @param fault why it paused
 * @param resumeCount how often it went on by itself since a mail was last taken
 * @returns milliseconds to wait, or null when somebody has to look into it
 */
export function findResumePause(fault: MailingFault, resumeCount: number): number | null {
  const minutes = fault === 'unreachable' ? resumeMinutes[resumeCount] : undefined;
  return minutes === undefined ? null : minutes * minuteMilliseconds;
}

/** Hour in Norway at which a planned mailing begins: before the first coffee, after the night's backups. */
const morning = { hour: 7, minute: 30 } as const;

/**
 * The moment at which a planned mailing begins.
 * @param date YYYY-MM-DD
 * @returns half past seven in Norway on that day
 */
export function findMorning(date: string): Date {
  const wall = new Date(`${date}T${String(morning.hour).padStart(2, '0')}:${morning.minute}:00Z`);
  const hourInOslo = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Oslo', hour: '2-digit', hourCycle: 'h23' }).format(wall),
  );
  return new Date(wall.getTime() - (hourInOslo - morning.hour) * 3_600_000);
}
