import { z } from 'zod';

/**
 * What an organisation is compared with, stored in a release: the rest of the network, the network with itself, the mean
 * of organisations, the others in a peer group, its own figure in an earlier wave, a figure published by others.
 */
export const storedComparators = ['rest', 'network', 'organisations', 'peers', 'wave', 'baseline'] as const;
export type StoredComparator = (typeof storedComparators)[number];

/** Another organisation is compared with when somebody asks, from the stored figures of both. */
export type ComparatorKind = StoredComparator | 'organisation';

/** Comparator key of the mean of organisations; which ones they are follows from what is published. */
export const organisationsKey = 'organisations';

/**
 * Writes the comparator key of an earlier wave.
 * @param wave key of the wave
 * @returns such as "wave=innovasjon-2023"
 */
export function formatWaveKey(wave: string): string {
  return `wave=${wave}`;
}

/**
 * Reads the comparator key of an earlier wave.
 * @param comparator comparator key
 * @returns key of the wave, or null when the comparator is none
 */
export function parseWaveKey(comparator: string): string | null {
  return /^wave=(.+)$/u.exec(comparator)?.[1] ?? null;
}

/** Which published figure a comparator is. */
export interface BaselineReference {
  readonly baseline: string;
  readonly round: string;
}

/**
 * Writes the comparator key of a published figure.
 * @param reference its baseline and round
 * @returns such as "baseline=denmark;round=4"
 */
export function formatBaselineKey({ baseline, round }: BaselineReference): string {
  return `baseline=${baseline};round=${round}`;
}

/**
 * Reads the comparator key of a published figure.
 * @param comparator comparator key
 * @returns baseline and round, or null when the comparator is none
 */
export function parseBaselineKey(comparator: string): BaselineReference | null {
  const [, baseline, round] = /^baseline=([^;]+);round=(.+)$/u.exec(comparator) ?? [];
  return baseline === undefined || round === undefined ? null : { baseline, round };
}

export const releaseComparatorsSchema = z.strictObject({
  /** Kinds that the release has comparisons of. */
  kinds: z.array(z.enum(storedComparators)),
  /** Earlier waves that figures are compared with, newest first, with the number of their release. */
  waves: z.array(z.strictObject({ key: z.string(), period: z.string(), release: z.int() })),
  /** "indicator/option" that earlier waves had with another wording or other answers: the series is broken. */
  breaks: z.array(z.string()),
});

/** What the figures of a release are compared with. */
export type ReleaseComparators = Readonly<z.infer<typeof releaseComparatorsSchema>>;
