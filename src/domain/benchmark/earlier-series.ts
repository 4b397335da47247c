import { hashDefinition, type AskedInstrument } from './definition-hash';
import { listHeadlineOptions } from './headline-options';

/** When a wave was: what it is about, and the day it closed (ISO date). */
export interface WaveTime {
  readonly period: string;
  readonly closedOn: string | null;
}

/**
 * Tells whether one wave comes before another: its reference period ends in an earlier year, or in the same year (or
 * none that can be read) and it closed earlier.
 * @param one period and day of closing
 * @param other period and day of closing
 */
export function isEarlierWave(one: WaveTime, other: WaveTime): boolean {
  const [year, otherYear] = [lastYearOf(one.period), lastYearOf(other.period)];
  if (year !== null && otherYear !== null && year !== otherYear) return year < otherYear;
  return one.closedOn !== null && other.closedOn !== null && one.closedOn < other.closedOn;
}

function lastYearOf(period: string): number | null {
  const years = [...period.matchAll(/\d{4}/g)].map(([text]) => Number(text));
  return years.length === 0 ? null : Math.max(...years);
}

/** Options of the current wave by the earlier wave that has them in the same form, and those whose series is broken. */
export interface SeriesPlan<Wave> {
  /** By "indicator/option". */
  readonly waveOf: ReadonlyMap<string, Wave>;
  readonly breaks: readonly string[];
}

/**
 * Finds for every headline option the latest earlier wave that defines it identically. Where earlier waves have the
 * indicator and none of them so, the series is broken.
 * @param current questionnaire and population of the wave that is released
 * @param earlier earlier waves, latest first
 */
export function planSeries<Wave extends AskedInstrument>(
  current: AskedInstrument,
  earlier: readonly Wave[],
): SeriesPlan<Wave> {
  const known = earlier.map((wave) => ({ wave, hashes: hashAll(wave) }));
  const waveOf = new Map<string, Wave>();
  const breaks: string[] = [];
  for (const [address, hash] of hashAll(current)) {
    const same = known.find(({ hashes }) => hashes.get(address) === hash);
    const indicator = address.split('/')[0];
    if (same !== undefined) waveOf.set(address, same.wave);
    else if (earlier.some(({ instrument }) => instrument.codebook.indicators.some(({ id }) => id === indicator))) {
      breaks.push(address);
    }
  }
  return { waveOf, breaks };
}

function hashAll(asked: AskedInstrument): ReadonlyMap<string, string> {
  return new Map(
    asked.instrument.codebook.indicators.flatMap((indicator) =>
      listHeadlineOptions(indicator).map(
        (option) => [`${indicator.id}/${option.id}`, hashDefinition(asked, indicator, option)] as const,
      ),
    ),
  );
}
