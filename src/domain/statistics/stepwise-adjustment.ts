import { adjustForFalseDiscovery } from './benjamini-hochberg';
import { sumCanonically } from './sum-canonically';

/**
 * Adjusts the p-values of a family so that the chance of any false claim stays below the level (Holm).
 * Source: Holm (1979), Scandinavian Journal of Statistics 6; as R `stats::p.adjust(method = "holm")`.
 * @param pValues - two-sided p-values of the whole family, 0 to 1; null where no test was made
 * @returns adjusted values in the same order; null stays null and does not count
 */
export function adjustForAnyFalseClaim(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  tests.sort((first, second) => first.p - second.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  tests.forEach(({ p, index }, position) => {
    largest = Math.max(largest, Math.min(1, (tests.length - position) * p));
    adjusted[index] = largest;
  });
  return adjusted;
}

/**
 * Adjusts the p-values of a family for the false discovery rate however the tests depend on each other
 * (Benjamini-Yekutieli): Benjamini and Hochberg's values times 1 + 1/2 + ... + 1/m.
 * Source: Benjamini, Yekutieli (2001), Annals of Statistics 29; as R `stats::p.adjust(method = "BY")`.
 * @param pValues - two-sided p-values of the whole family, 0 to 1; null where no test was made
 * @returns adjusted values in the same order; null stays null and does not count
 */
export function adjustUnderDependence(pValues: readonly (number | null)[]): (number | null)[] {
  const tested = pValues.filter((p) => p !== null).length;
  const harmonic = sumCanonically(Float64Array.from({ length: tested }, (_, at) => 1 / (at + 1)));
  const scaled = pValues.map((p) => (p === null ? null : p * harmonic));
  return adjustForFalseDiscovery(scaled);
}
