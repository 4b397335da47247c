import loadHighs, { type Highs } from 'highs';
import { isTold, sharesPrintedAs, strataOf, type Disclosure, type Knowledge, type Question } from './knowledge';

const slack = 1e-4;

/** How far a set's answers can be told from all printed figures of an indicator together. */
interface Target {
  readonly group: string;
  readonly columns: readonly number[];
  readonly count: number;
}

export async function loadSolver(): Promise<Highs> {
  return loadHighs();
}

/** Loads the solver once for the tests of a file. */
export function withSolver(): () => Highs {
  let solver: Highs;
  beforeAll(async () => {
    solver = await loadSolver();
  });
  return () => solver;
}

/**
 * Bounds the number of "yes" in every hidden group of fewer than k by linear programming over the whole network: all
 * printed shares as limits on weighted sums, and the bases of follow-up questions as the least that said yes. Questions
 * asked because of an answer stand under "indicator/option", or under "indicator" where there is but one that leads on.
 */
export function attackByBounds(
  solver: Highs,
  knowledge: Knowledge,
  groups: readonly string[],
  followUpsOf: Readonly<Record<string, readonly string[]>> = {},
): readonly Disclosure[] {
  return knowledge.questions.flatMap((question) =>
    question.options.flatMap((option) => {
      const asked = followUpsOf[`${question.indicator}/${option}`] ?? followUpsOf[question.indicator] ?? [];
      const rows = writeRows(knowledge, question, option, asked);
      return listTargets(knowledge, question.indicator, groups).flatMap((target): Disclosure[] => {
        if (isTold(knowledge, question, option, target.columns)) return [];
        const least = Math.ceil(optimise(solver, rows, target.columns, 'Minimize') - slack);
        if (least === 0 && question.options.length > 1) return [];
        const most = Math.floor(optimise(solver, rows, target.columns, 'Maximize') + slack);
        const { group, columns } = target;
        const { indicator } = question;
        return least === most ? [{ method: 'linear bounds', indicator, option, group, columns, count: least }] : [];
      });
    }),
  );
}

function listTargets(knowledge: Knowledge, indicator: string, groups: readonly string[]): readonly Target[] {
  const shown = new Set(knowledge.figures.filter((one) => one.indicator === indicator).map(({ group }) => group));
  return groups
    .filter((group) => group.startsWith('organisation=') && !shown.has(group))
    .map((group) => {
      const columns = strataOf(knowledge, indicator, group);
      return { group, columns, count: columns.reduce((sum, c) => sum + knowledge.valid[indicator]![c]!, 0) };
    })
    .filter(({ count }) => count > 0 && count < knowledge.k);
}

interface Rows {
  readonly constraints: readonly string[];
  readonly bounds: readonly string[];
}

function writeRows(knowledge: Knowledge, { indicator }: Question, option: string, followUps: readonly string[]): Rows {
  const valid = knowledge.valid[indicator]!;
  const figures = knowledge.figures.filter((one) => one.indicator === indicator && one.option === option);
  const constraints = figures.flatMap((figure) => {
    const columns = strataOf(knowledge, indicator, figure.group);
    const total = columns.reduce((sum, c) => sum + knowledge.strata[c]!.weight * valid[c]!, 0);
    const [low, high] = sharesPrintedAs(figure);
    const sum = columns.map((c) => `${knowledge.strata[c]!.weight} x${c}`).join(' + ');
    return [`${sum} >= ${(low / 100) * total}`, `${sum} <= ${(high / 100) * total}`];
  });
  const bases = new Map<string, number>();
  for (const { indicator: other, group, n } of knowledge.figures) {
    if (followUps.includes(other)) bases.set(group, Math.max(n, bases.get(group) ?? 0));
  }
  const least = [...bases].map(
    ([group, n]) =>
      `${strataOf(knowledge, indicator, group)
        .map((c) => `x${c}`)
        .join(' + ')} >= ${n}`,
  );
  const bounds = valid.flatMap((limit, column) => (limit > 0 ? [`0 <= x${column} <= ${limit}`] : []));
  return { constraints: [...constraints, ...least], bounds };
}

function optimise(solver: Highs, rows: Rows, columns: readonly number[], goal: 'Minimize' | 'Maximize'): number {
  const problem = [
    goal,
    ` obj: ${columns.map((column) => `x${column}`).join(' + ')}`,
    'Subject To',
    ...rows.constraints.map((row, index) => ` c${index}: ${row}`),
    'Bounds',
    ...rows.bounds.map((bound) => ` ${bound}`),
    'End',
  ].join('\n');
  const solution = solver.solve(problem);
  if (solution.Status !== 'Optimal') throw new Error(`the attacker’s knowledge contradicts itself: ${solution.Status}`);
  return solution.ObjectiveValue;
}
