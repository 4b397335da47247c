import type { Margin } from './collapse-categories';
import { postStratify } from './post-stratify';
import { sumCanonically } from './sum-canonically';

/** Raking stops when no step of a cycle changes a weight by more than this part. */
const largestChange = 1e-10;
const largestCycleCount = 200;
/** Totals of margins may differ by this part before they contradict each other. */
const totalTolerance = 1e-9;

function checkTotals(margins: readonly Margin[]): void {
  const sums = margins.map((margin) => sumCanonically(margin.totals));
  const [first = 0] = sums;
  const contradicting = sums.findIndex((total) => Math.abs(total - first) > totalTolerance * first);
  if (contradicting !== -1) {
    throw new RangeError(
      `Totals of ${margins[contradicting]?.name ?? ''} add up to another number than the first margin's.`,
    );
  }
}

/** Largest relative change of a weight. Margins that contradict each other change weights in every step, to and fro. */
function changeOf(before: Float64Array, after: Float64Array): number {
  return after.reduce((largest, weight, respondent) => {
    const old = before[respondent] ?? 0;
    return old === 0 ? largest : Math.max(largest, Math.abs(weight / old - 1));
  }, 0);
}

/** Fitted weights and how many cycles it took. */
export interface RakedWeights {
  readonly weights: Float64Array;
  readonly cycleCount: number;
}

/**
 * Fits weights to several margins in turn until no step of a cycle changes a weight by more than 1e-10. The variance is
 * that of residuals: give the sample a `calibration` with these margins and the weights from before.
 * Source: Deming, Stephan (1940), Ann. Math. Stat. 11; R `survey::rake` (with a far smaller epsilon), `calibrate(calfun
 * = "raking")`.
 * @param margins - known totals, all adding up to the same number of units
 * @param weights - weights per respondent before fitting, 0 for those who do not count
 * @returns fitted weights
 * @throws RangeError when margins contradict each other, a category has weight 0, or 200 cycles do not suffice
 */
export function rakeWeights(margins: readonly Margin[], weights: Float64Array): RakedWeights {
  checkTotals(margins);
  let current = weights;
  for (let cycle = 1; cycle <= largestCycleCount; cycle += 1) {
    let change = 0;
    for (const margin of margins) {
      const fitted = postStratify(margin, current);
      change = Math.max(change, changeOf(current, fitted));
      current = fitted;
    }
    if (change < largestChange) return { weights: current, cycleCount: cycle };
  }
  throw new RangeError(`The margins are not reached after ${largestCycleCount} cycles.`);
}
