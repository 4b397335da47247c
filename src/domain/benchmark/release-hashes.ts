import { createHash } from 'node:crypto';
import type { ReleaseStratum } from './release-strata';
import type { ResponseTally } from './tally-responses';

/**
 * Hashes a value whatever order its keys were made in.
 * @param value anything that JSON can hold
 * @returns SHA-256, 64 hexadecimal digits
 */
export function hashCanonical(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(value)))
    .digest('hex');
}

/**
 * Hashes what a release is computed from: strata and counted answers. Equal hashes mean equal figures.
 * @param strata strata in canonical order
 * @param tally counts of the responses
 * @returns SHA-256, 64 hexadecimal digits
 */
export function hashReleaseInput(strata: readonly ReleaseStratum[], tally: ResponseTally): string {
  return hashCanonical({
    strata,
    respondents: [...tally.respondents],
    indicators: tally.indicators.map(({ indicator, valid, yes }) => ({
      indicator: indicator.id,
      valid: [...valid],
      options: indicator.options.map(({ id }, position) => ({ option: id, yes: [...(yes[position] ?? [])] })),
    })),
  });
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
