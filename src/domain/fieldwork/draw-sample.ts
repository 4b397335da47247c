import { createHash } from 'node:crypto';
import { allocateSample } from './allocate-sample';
import { nameStratum, sortCells } from './strata';
import { sectors, sizes, type FrameUnit } from './types';

/** Whom a sample invites: so many units of an organisation, or all of one that is not named. */
export interface SamplePlan {
  /** Units by organisation. */
  readonly organisations: Readonly<Record<string, number>>;
  /** Fewest units of a sector and size class. */
  readonly minimum: number;
}

/** One sector and size class of an organisation, with how many units it has and how many are drawn. */
export interface SampleCell {
  readonly code: string;
  readonly organisation: string;
  readonly sector: FrameUnit['sector'];
  readonly size: FrameUnit['size'];
  readonly frameCount: number;
  readonly drawnCount: number;
}

/**
 * Tells how many units of each sector and size class of each organisation a plan draws.
 * @param units the frame
 * @param plan sizes of the samples
 * @returns cells with units by organisation, in canonical order
 */
export function planSample(units: readonly FrameUnit[], plan: SamplePlan): readonly SampleCell[] {
  const organisations = [...new Set(units.map(({ organisation }) => organisation))].sort();
  return organisations.flatMap((organisation) => {
    const own = units.filter((unit) => unit.organisation === organisation);
    const cells = sortCells(sectors.flatMap((sector) => sizes.map((size) => ({ sector, size }))))
      .map((cell) => ({
        ...cell,
        organisation,
        code: nameStratum(organisation, [cell]),
        frameCount: own.filter(({ sector, size }) => sector === cell.sector && size === cell.size).length,
      }))
      .filter(({ frameCount }) => frameCount > 0);
    const allocated = allocateSample(cells, plan.organisations[organisation] ?? own.length, plan.minimum);
    return cells.map((cell) => ({ ...cell, drawnCount: allocated.get(cell.code) ?? 0 }));
  });
}

/**
 * Draws a simple random sample without replacement within each sector and size class: units get a random number that is a
 * function of the seed and their key, and those with the lowest are drawn (sequential sampling with permanent random numbers;
 * Ohlsson 1995, Coordination of samples using permanent random numbers). SHA-256 stands for the random numbers: the same
 * seed and frame give the same sample, in any order of rows, and a unit keeps its number when others come and go.
 * @param units the frame
 * @param plan sizes of the samples
 * @param seed any text
 * @returns keys of the units that are drawn
 */
export function drawSample(units: readonly FrameUnit[], plan: SamplePlan, seed: string): ReadonlySet<string> {
  const drawn = planSample(units, plan).flatMap(({ organisation, sector, size, drawnCount }) =>
    units
      .filter((unit) => unit.organisation === organisation && unit.sector === sector && unit.size === size)
      .map(({ unit }) => ({ unit, order: numberUnit(seed, unit) }))
      .sort((first, second) => (first.order < second.order ? -1 : 1))
      .slice(0, drawnCount)
      .map(({ unit }) => unit),
  );
  return new Set(drawn);
}

/**
 * Tells whether the units that are invited are those that a sample draws: a frame that was changed afterwards has to be
 * drawn from anew.
 * @param units the frame
 * @param sample plan and seed of the sample
 */
export function isSampleCurrent(
  units: readonly FrameUnit[],
  sample: { readonly plan: SamplePlan; readonly seed: string },
): boolean {
  const drawn = drawSample(units, sample.plan, sample.seed);
  return units.every(({ unit, isInvited }) => isInvited === drawn.has(unit));
}

function numberUnit(seed: string, unit: string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, unit]))
    .digest('hex');
}
