/**
 * Adjusts the p-values of a family of tests for the false discovery rate: q_(i) = min over j >= i of min(1, m p_(j) / j).
 * Source: Benjamini, Hochberg (1995), JRSS B 57; as R `stats::p.adjust(method = "BH")`.
 * @param pValues - two-sided p-values of the whole family, 0 to 1; null where no test was made
 * @returns adjusted values in the same order; null stays null and does not count in m
 */
export function adjustForFalseDiscovery(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  tests.sort((first, second) => second.p - first.p);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let smallest = 1;
  tests.forEach(({ p, index }, position) => {
    smallest = Math.min(smallest, (tests.length * p) / (tests.length - position));
    adjusted[index] = smallest;
  });
  return adjusted;
}
