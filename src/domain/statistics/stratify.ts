import { flagWeights, variationOfWeights } from './flag-weights';
import type { WeightGroup } from './flag-weights';
import { sum } from './sum';
import type { DesignCell, DesignStratum, StratifiedDesign, VarianceStratum } from './types';
import { collapseVarianceStrata } from './variance-strata';

interface WeighedGroup {
  readonly cells: readonly DesignCell[];
  readonly organisation: string;
  readonly eligibleTotal: number;
  readonly adjustment: number;
}

function checkCells(cells: readonly DesignCell[]): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    const eligible = cell.invitedCount - cell.ineligibleCount;
    if (seen.has(cell.stratum)) throw new RangeError(`Stratum ${cell.stratum} is given twice.`);
    if (cell.invitedCount > cell.frameCount || eligible < 0 || cell.respondentCount > eligible) {
      throw new RangeError(
        `Stratum ${cell.stratum}: respondents <= invited - ineligible and invited <= frame expected.`,
      );
    }
    seen.add(cell.stratum);
  }
}

/** N_h / n_h times a number of units; multiplied first so that a census stays exact. A stratum without invited: 0. */
function expand(cell: DesignCell, units: number): number {
  return cell.invitedCount === 0 ? 0 : (cell.frameCount * units) / cell.invitedCount;
}

function weighGroup(cells: readonly DesignCell[], organisation: string): WeighedGroup {
  const eligibleTotal = sum(cells.map((cell) => expand(cell, cell.invitedCount - cell.ineligibleCount)));
  const respondentTotal = sum(cells.map((cell) => expand(cell, cell.respondentCount)));
  return { cells, organisation, eligibleTotal, adjustment: eligibleTotal / respondentTotal };
}

function weightOf(cell: DesignCell, adjustment: number): number {
  return cell.respondentCount === 0 ? 0 : expand(cell, 1) * adjustment;
}

function findVariations(groups: readonly WeighedGroup[]): Map<string, number> {
  const weights = new Map<string, WeightGroup[]>();
  for (const group of groups) {
    const own = weights.get(group.organisation) ?? [];
    for (const cell of group.cells) {
      own.push({ respondentCount: cell.respondentCount, weight: weightOf(cell, group.adjustment) });
    }
    weights.set(group.organisation, own);
  }
  return new Map([...weights].map(([organisation, own]) => [organisation, variationOfWeights(own)]));
}

function describeGroup(group: WeighedGroup, index: number, variations: ReadonlyMap<string, number>): VarianceStratum {
  return {
    index,
    organisation: group.organisation,
    strata: group.cells.map((cell) => cell.stratum),
    respondentCount: group.cells.reduce((total, cell) => total + cell.respondentCount, 0),
    eligibleTotal: group.eligibleTotal,
    adjustment: group.adjustment,
    flags: flagWeights(group.adjustment, variations.get(group.organisation) ?? 0),
  };
}

/**
 * Weights and variance strata of a wave: base weight d_h = N_h / n_h, times the non-response adjustment of the variance
 * stratum a_v = (sum of d over eligible invited) / (sum of d over respondents). Known ineligible are dropped; unknown
 * eligibility counts as eligible non-response. Strata without invited units are not covered and count nothing.
 * Source: response homogeneity groups, Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling.
 * @param cells - strata with their counts, sizes of one sector in rising order; codes unique within the wave
 * @returns strata in the given order with weights, variance strata, organisations without variance
 * @throws RangeError when a stratum is given twice or its counts contradict each other
 */
export function stratify(cells: readonly DesignCell[]): StratifiedDesign {
  checkCells(cells);
  const collapsed = collapseVarianceStrata(cells);
  const groups = collapsed.groups.map((group) => weighGroup(group, group[0]?.organisation ?? ''));
  const variations = findVariations(groups);
  const placed = new Map<string, { readonly varianceStratum: number; readonly weight: number }>();
  groups.forEach((group, varianceStratum) => {
    for (const cell of group.cells) {
      placed.set(cell.stratum, { varianceStratum, weight: weightOf(cell, group.adjustment) });
    }
  });
  const strata = cells.map(({ stratum, organisation, respondentCount }): DesignStratum => {
    const { varianceStratum, weight } = placed.get(stratum) ?? { varianceStratum: -1, weight: 0 };
    return { stratum, organisation, respondentCount, weight, varianceStratum };
  });
  return {
    strata,
    varianceStrata: groups.map((group, index) => describeGroup(group, index, variations)),
    organisationsWithoutVariance: collapsed.organisationsWithoutVariance,
  };
}
