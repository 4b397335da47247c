import { isTold, sharesPrintedAs, strataOf, type Disclosure, type Knowledge, type PrintedFigure } from './knowledge';

const maximumCombinations = 300_000;
const hundredth = 1e-7;

/**
 * Tries every way to spread "yes" over the strata of a figure and keeps those that give the printed per cent. A stratum
 * of fewer than k that holds the same number in all of them is found out.
 */
export function attackByCounts(knowledge: Knowledge): readonly Disclosure[] {
  return knowledge.figures.flatMap((figure) => attackFigure(knowledge, figure));
}

function attackFigure(knowledge: Knowledge, figure: PrintedFigure): readonly Disclosure[] {
  const question = knowledge.questions.find(({ indicator }) => indicator === figure.indicator);
  const columns = strataOf(knowledge, figure.indicator, figure.group);
  const limits = columns.map((column) => knowledge.valid[figure.indicator]![column]!);
  const combinations = limits.reduce((product, limit) => product * (limit + 1), 1);
  if (question === undefined || combinations > maximumCombinations) return [];
  const isEverybody = columns.reduce((sum, column) => sum + knowledge.strata[column]!.respondents, 0) === figure.n;
  if (!question.isAskedOfAll && !isEverybody) return [];
  const weights = columns.map((column) => knowledge.strata[column]!.weight);
  const ranges = enumerate(limits, weights, sharesPrintedAs(figure));
  return columns.flatMap((column, at): Disclosure[] => {
    const [least, most] = ranges[at]!;
    if (limits[at]! >= knowledge.k || least !== most) return [];
    if (isTold(knowledge, question, figure.option, [column])) return [];
    if (least === 0 && question.options.length > 1) return [];
    const { indicator, option, group } = figure;
    return [{ method: 'integer counts', indicator, option, group, columns: [column], count: least }];
  });
}

function enumerate(
  limits: readonly number[],
  weights: readonly number[],
  [low, high]: readonly [number, number],
): readonly (readonly [number, number])[] {
  const total = limits.reduce((sum, limit, at) => sum + limit * weights[at]!, 0);
  const ranges: [number, number][] = limits.map(() => [Infinity, -Infinity]);
  const counts = limits.map(() => 0);
  const visit = (at: number, sum: number, left: number): void => {
    if ((100 * sum) / total >= high - hundredth || (100 * (sum + left)) / total < low - hundredth) return;
    if (at === limits.length) {
      counts.forEach((count, i) => {
        ranges[i] = [Math.min(ranges[i]![0], count), Math.max(ranges[i]![1], count)];
      });
      return;
    }
    for (let count = 0; count <= limits[at]!; count++) {
      counts[at] = count;
      visit(at + 1, sum + count * weights[at]!, left - limits[at]! * weights[at]!);
    }
  };
  visit(0, 0, total);
  return ranges;
}
