/** A stratum that a sample is drawn from: how many units it has. */
export interface SampleStratum {
  readonly code: string;
  readonly frameCount: number;
}

/**
 * Shares a sample out over strata in proportion to their size (Cochran 1977, Sampling Techniques, section 5.5: n_h = n N_h
 * / N), with a smallest number in each stratum or all of a smaller one. What is left after whole numbers goes to the largest
 * remainders (Hamilton's method; Balinski and Young 1982, Fair Representation), equal ones in the order given.
 * @param strata strata of one organisation in canonical order
 * @param wanted units in all, 0 or more
 * @param minimum fewest units of a stratum, 0 or more
 * @returns units by code, at most those that the stratum has; together `wanted`, but never fewer than the minima ask for
 *   nor more than there are
 */
export function allocateSample(
  strata: readonly SampleStratum[],
  wanted: number,
  minimum: number,
): ReadonlyMap<string, number> {
  const lowest = new Map(strata.map(({ code, frameCount }) => [code, Math.min(minimum, frameCount)]));
  const least = sum([...lowest.values()]);
  const most = sum(strata.map(({ frameCount }) => frameCount));
  const total = Math.min(most, Math.max(least, wanted));
  const held = holdMinima(strata, total, lowest);
  const free = strata.filter(({ code }) => !held.has(code));
  const left = total - sum([...held].map((code) => lowest.get(code) ?? 0));
  const shares = shareProportionally(free, left);
  return new Map(strata.map(({ code }) => [code, shares.get(code) ?? lowest.get(code) ?? 0]));
}

/** Strata whose proportional share is below their minimum get it; the others share the rest, until none is below. */
function holdMinima(
  strata: readonly SampleStratum[],
  total: number,
  lowest: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const held = new Set<string>();
  for (;;) {
    const free = strata.filter(({ code }) => !held.has(code));
    const left = total - sum([...held].map((code) => lowest.get(code) ?? 0));
    const size = sum(free.map(({ frameCount }) => frameCount));
    // left * N_h / N < minimum, without a division
    const below = free.filter(({ code, frameCount }) => left * frameCount < (lowest.get(code) ?? 0) * size);
    if (below.length === 0) return held;
    for (const { code } of below) held.add(code);
  }
}

function shareProportionally(strata: readonly SampleStratum[], total: number): ReadonlyMap<string, number> {
  const size = sum(strata.map(({ frameCount }) => frameCount));
  if (size === 0) return new Map();
  const exact = strata.map(({ code, frameCount }) => ({
    code,
    whole: Math.floor((total * frameCount) / size),
    remainder: (total * frameCount) % size,
  }));
  const left = total - sum(exact.map(({ whole }) => whole));
  // Sorting is stable: equal remainders stay in canonical order.
  const raised = new Set(
    [...exact]
      .sort((first, second) => second.remainder - first.remainder)
      .slice(0, left)
      .map(({ code }) => code),
  );
  return new Map(exact.map(({ code, whole }) => [code, whole + (raised.has(code) ? 1 : 0)]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
