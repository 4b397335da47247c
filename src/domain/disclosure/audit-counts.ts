import { describeKnowledge, isPrinted, readWindow, type OptionAnswers, type Printing } from './audit-rows';
import type { Suspicion } from './audit-suspicion';
import { canCountsBe, type CountProblem } from './count-search';
import { isSubset, type GroupSet } from './respondent-sets';

/**
 * Looks for other whole counts that give what is printed, as an attacker would who tries which counts reproduce the per
 * cents: everything printed about the organisation together, with totals of the network as limits, and every small total
 * that reaches beyond it alone.
 * @param suspicion the set.
 * @param printing how figures are printed.
 * @returns true when there are none; a search that takes too long leaves the answer to linear bounds.
 */
export function isFoundByCounts({ block, option, target, wishes }: Suspicion, printing: Printing): boolean {
  if (!target.isCountKnown) return false;
  const { answers } = option;
  const isOpen = (columns: readonly number[], problem: CountProblem): boolean => {
    const wanted = target.columns.map((column) => columns.indexOf(column));
    const start = columns.map((column) => answers.given[column] ?? 0);
    const factors = wanted.map(() => 1);
    return wishes.some(({ low, high }) => canCountsBe(problem, { columns: wanted, factors, low, high }, start) ?? true);
  };
  const few = block.few.filter(({ group, columns }) => {
    return isPrinted(group, printing) && isSubset(target.columns, columns);
  });
  return (
    !isOpen(block.columns, describeKnowledge(block, answers, printing)) ||
    few.some((set) => !isOpen(set.columns, describeFigure(answers, set, printing)))
  );
}

/** What one printed per cent says. */
function describeFigure(answers: OptionAnswers, set: GroupSet, printing: Printing): CountProblem {
  const atoms = set.columns.flatMap((column) => answers.atoms[column] ?? []);
  const factors = atoms.map(({ weight = 1 }) => weight);
  const row = { columns: [...atoms.keys()], factors, ...readWindow(answers, set, printing) };
  return { limits: atoms.map(({ validCount }) => validCount), rows: [row] };
}
