import { sumCanonically } from './sum-canonically';

/** Fewest respondents in a category that weights are fitted to. */
const minimumCategoryCount = 5;

/** One margin with known totals; categories in an order in which neighbours are alike. */
export interface Margin {
  readonly name: string;
  /** Per respondent: category, from 0. */
  readonly categoryOf: Int32Array;
  /** Known total (units in the frame) per category. */
  readonly totals: readonly number[];
}

function findSmall(groups: readonly { readonly count: number }[]): number {
  return groups.findIndex((group) => group.count < minimumCategoryCount);
}

/**
 * Merges neighbouring categories of a margin until each has five respondents, so that no weight rests on a few answers.
 * The first small category joins the next one, the last the one before. It never looks at answers.
 * Source: collapsing before raking, Kalton, Flores-Cervantes (2003), Journal of Official Statistics 19.
 * @param margin - categories with known totals; `counts` weights decide who counts: respondents with weight above 0
 * @param weights - start weights per respondent
 * @returns the margin with merged categories numbered anew, totals added up
 */
export function collapseCategories(margin: Margin, weights: Float64Array): Margin {
  const counts = margin.totals.map(() => 0);
  margin.categoryOf.forEach((category, respondent) => {
    if ((weights[respondent] ?? 0) > 0) counts[category] = (counts[category] ?? 0) + 1;
  });
  let groups = counts.map((count, category) => ({ count, categories: [category] }));
  for (let small = findSmall(groups); small !== -1 && groups.length > 1; small = findSmall(groups)) {
    const first = Math.min(small, groups.length - 2);
    const [one, two] = groups.slice(first, first + 2);
    if (!one || !two) break;
    const merged = { count: one.count + two.count, categories: [...one.categories, ...two.categories] };
    groups = [...groups.slice(0, first), merged, ...groups.slice(first + 2)];
  }
  const groupOf = new Map(groups.flatMap((group, index) => group.categories.map((category) => [category, index])));
  return {
    name: margin.name,
    categoryOf: margin.categoryOf.map((category) => groupOf.get(category) ?? 0),
    totals: groups.map((group) => sumCanonically(group.categories.map((category) => margin.totals[category] ?? 0))),
  };
}
