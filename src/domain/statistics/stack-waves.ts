import type { Sample, SamplingStratum } from './sample';

/** A wave with what links it to another one. */
export interface LinkableWave {
  readonly sample: Sample;
  /** Per respondent: key of the organisation on common boundaries, see `joinOrganisations`. */
  readonly organisationOf: readonly string[];
  /**
   * Per respondent a pseudonym of the unit that is the same in both waves, null where unknown; null when none is kept.
   */
  readonly pseudonymOf: readonly (string | null)[] | null;
}

/** Both waves as one sample: respondents of the first, then of the second. */
export interface StackedWaves {
  readonly sample: Sample;
  /** Respondents of the first wave. */
  readonly firstLength: number;
  /** Units that answered in both waves. */
  readonly commonUnitCount: number;
}

interface Placed {
  readonly organisation: string;
  readonly unit: string;
  readonly wave: number;
}

function placeRespondents(wave: LinkableWave, number: number): (Placed | null)[] {
  return [...wave.sample.stratumOf].map((stratum, at) => {
    if (stratum < 0) return null;
    const organisation = wave.organisationOf[at] ?? '';
    const pseudonym = wave.pseudonymOf?.[at] ?? null;
    const unit = pseudonym === null ? `${number};${wave.sample.unitOf[at] ?? -1}` : `=${pseudonym}`;
    return { organisation, unit: `${organisation};${unit}`, wave: number };
  });
}

function numberKeys(keys: readonly string[]): Map<string, number> {
  return new Map([...new Set(keys)].map((key, index) => [key, index]));
}

function countUnits(placed: readonly Placed[], organisations: ReadonlyMap<string, number>): SamplingStratum[] {
  const units = Array.from(organisations, () => new Set<string>());
  for (const { organisation, unit } of placed) units[organisations.get(organisation) ?? -1]?.add(unit);
  return units.map(({ size }) => ({ sampled: size, population: Infinity }));
}

function countCommon(placed: readonly Placed[]): number {
  const waves = new Map<string, Set<number>>();
  for (const { unit, wave } of placed) waves.set(unit, (waves.get(unit) ?? new Set()).add(wave));
  return [...waves.values()].filter((seen) => seen.size === 2).length;
}

/**
 * Puts two waves into one sample in which the unit is the sampling unit and the organisation the stratum, so that the
 * covariance of units that answered twice comes out by itself. Weights are those of each wave; no finite population.
 * Source: Kish (1965), Survey Sampling, 12.4 (overlapping samples); R `survey::svydesign(ids = ~unit, strata =
 * ~organisation)`.
 * @param first - earlier wave
 * @param second - later wave, organisations on the same boundaries
 * @returns stacked sample
 */
export function stackWaves(first: LinkableWave, second: LinkableWave): StackedWaves {
  const respondents = [...placeRespondents(first, 1), ...placeRespondents(second, 2)];
  const placed = respondents.filter((one) => one !== null);
  const organisations = numberKeys(placed.map((one) => one.organisation));
  const units = numberKeys(placed.map((one) => one.unit));
  return {
    sample: {
      strata: countUnits(placed, organisations),
      stratumOf: Int32Array.from(respondents, (one) => (one ? (organisations.get(one.organisation) ?? -1) : -1)),
      unitOf: Int32Array.from(respondents, (one) => (one ? (units.get(one.unit) ?? -1) : -1)),
      weights: Float64Array.from([...first.sample.weights, ...second.sample.weights]),
      calibration: null,
    },
    firstLength: first.sample.weights.length,
    commonUnitCount: countCommon(placed),
  };
}
