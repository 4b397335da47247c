import fc from 'fast-check';
import type { Sample } from '../../../src/domain/statistics/sample';

/** A random sample with numeric answers; strata of units, units of one to three respondents. */
export interface RandomSample {
  readonly sample: Sample;
  readonly inDomain: readonly boolean[];
  readonly y: readonly boolean[];
  readonly values: readonly number[];
}

const respondent = fc.record({
  weight: fc.double({ min: 0.1, max: 20, noNaN: true }),
  inside: fc.boolean(),
  y: fc.boolean(),
  value: fc.integer({ min: 1, max: 5 }),
});
const unit = fc.array(respondent, { minLength: 1, maxLength: 3 });
const stratum = fc.record({
  units: fc.array(unit, { minLength: 2, maxLength: 6 }),
  unseen: fc.constantFrom(0, 1, 7, Infinity),
});

export const arbitrarySample: fc.Arbitrary<RandomSample> = fc
  .array(stratum, { minLength: 1, maxLength: 5 })
  .map((strata) => {
    let unitCount = 0;
    const rows = strata.flatMap(({ units }, stratumIndex) =>
      units.flatMap((members) => {
        const own = unitCount++;
        return members.map((member) => ({ ...member, stratum: stratumIndex, unit: own }));
      }),
    );
    return {
      sample: {
        strata: strata.map(({ units, unseen }) => ({ sampled: units.length, population: units.length + unseen })),
        stratumOf: Int32Array.from(rows, (row) => row.stratum),
        unitOf: Int32Array.from(rows, (row) => row.unit),
        weights: Float64Array.from(rows, (row) => row.weight),
        calibration: null,
      },
      inDomain: rows.map((row) => row.inside),
      y: rows.map((row) => row.y),
      values: rows.map((row) => row.value),
    };
  });

/** The same sample with its rows in another order. */
export function reorder(random: RandomSample, order: readonly number[]): RandomSample {
  const { sample, inDomain, y, values } = random;
  return {
    sample: {
      ...sample,
      stratumOf: Int32Array.from(order, (at) => sample.stratumOf[at]!),
      unitOf: Int32Array.from(order, (at) => sample.unitOf[at]!),
      weights: Float64Array.from(order, (at) => sample.weights[at]!),
    },
    inDomain: order.map((at) => inDomain[at]!),
    y: order.map((at) => y[at]!),
    values: order.map((at) => values[at]!),
  };
}

/** Every choice of a number of items. */
export function listChoices<Item>(items: readonly Item[], count: number): Item[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, at) => listChoices(items.slice(at + 1), count - 1).map((rest) => [item, ...rest]));
}
