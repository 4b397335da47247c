import type { Sample } from './sample';
import { sumCanonically } from './sum-canonically';

/** Respondents by stratum and sampling unit. */
export type UnitsByStratum = readonly (readonly (readonly number[])[])[];

function checkStrata(sample: Sample, units: UnitsByStratum): void {
  const strataOfUnit = new Map<number, number>();
  sample.unitOf.forEach((unit, respondent) => {
    const stratum = sample.stratumOf[respondent] ?? -1;
    if (stratum < 0) return;
    if ((strataOfUnit.get(unit) ?? stratum) !== stratum) throw new RangeError(`Unit ${unit} is in two strata.`);
    strataOfUnit.set(unit, stratum);
  });
  sample.strata.forEach(({ sampled, population }, index) => {
    const found = units[index]?.length ?? 0;
    if (sampled < 2) throw new RangeError(`Stratum ${index} has fewer than two units, so no variance.`);
    if (found !== sampled) throw new RangeError(`Stratum ${index} has ${found} units, not ${sampled}.`);
    if (population < sampled) throw new RangeError(`Stratum ${index} has more units than its population.`);
  });
}

/**
 * Sorts the respondents of a sample into strata and, within them, sampling units.
 * Source: ultimate clusters, Särndal, Swensson, Wretman (1992); statistics.md 1.3.
 * @param sample - all respondents of the design
 * @returns per stratum the units, per unit the indices of its respondents
 * @throws RangeError when a stratum has fewer than two units (a lonely unit has no variance), not the number it states,
 *   or more than its population; or when a unit lies in two strata
 */
export function groupUnits(sample: Sample): UnitsByStratum {
  const strata = sample.strata.map(() => new Map<number, number[]>());
  sample.stratumOf.forEach((stratum, respondent) => {
    if (stratum < 0) return;
    const units = strata[stratum];
    if (!units) throw new RangeError(`Stratum ${stratum} is not in the sample.`);
    const unit = sample.unitOf[respondent] ?? -1;
    const members = units.get(unit);
    if (members) members.push(respondent);
    else units.set(unit, [respondent]);
  });
  const grouped = strata.map((units) => [...units.values()]);
  checkStrata(sample, grouped);
  return grouped;
}

/**
 * Adds a value over the respondents of each unit of a stratum.
 * Source: ultimate clusters, Särndal, Swensson, Wretman (1992); statistics.md 1.3.
 * @param units - units of one stratum
 * @param values - one value per respondent of the sample
 * @returns one total per unit, in the order of the units
 */
export function totalByUnit(units: readonly (readonly number[])[], values: Float64Array): Float64Array {
  return Float64Array.from(units, (members) => sumCanonically(members.map((member) => values[member] ?? 0)));
}
