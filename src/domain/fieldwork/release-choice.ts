/** Who may see a release: the members of the network, or everybody. */
export const releaseVisibilities = ['network', 'public'] as const;
export type ReleaseVisibility = (typeof releaseVisibilities)[number];

/** What is chosen for one release. */
export interface ReleaseChoice {
  readonly visibility: ReleaseVisibility;
  /** Until then only those who run the wave see it; null: at once. */
  readonly embargoUntil: Date | null;
}

/**
 * Tells whether a release is held back.
 * @param embargoUntil end of its embargo; null: none
 * @param now the moment of asking
 * @returns true until the moment the embargo ends
 */
export function isHeldBack(embargoUntil: Date | null, now: Date): boolean {
  return embargoUntil !== null && now.getTime() < embargoUntil.getTime();
}

const wallClock = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
const minuteMilliseconds = 60_000;

/**
 * Reads a wall clock in Norway.
 * @param text YYYY-MM-DDTHH:MM, as a form sends it
 * @returns the moment; null for a text of another form, a day that does not exist or an hour that summer time skips
 */
export function readNorwegianTime(text: string): Date | null {
  const parts = wallClock.exec(text);
  if (parts === null) return null;
  const asUtc = new Date(`${text}:00Z`);
  if (Number.isNaN(asUtc.getTime())) return null;
  // Norway is one or two hours ahead; of an hour that comes twice, the later one counts.
  const candidates = [60, 120].map((minutes) => new Date(asUtc.getTime() - minutes * minuteMilliseconds));
  return candidates.find((moment) => writeNorwegianTime(moment) === text) ?? null;
}

/**
 * Writes a moment as the clock in Norway shows it.
 * @param moment any moment
 * @returns YYYY-MM-DDTHH:MM
 */
export function writeNorwegianTime(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short', timeStyle: 'short' })
    .format(moment)
    .replace(' ', 'T');
}
