import type { Highs } from 'highs';

/** A linear programme over x0, x1 …; nothing in it comes from the program's own solver. */
export interface Programme {
  readonly bounds: readonly { readonly low: number; readonly high: number }[];
  readonly rows: readonly {
    readonly columns: readonly number[];
    readonly factors: readonly number[];
    readonly low: number;
    readonly high: number;
  }[];
  /** Columns with their factors. */
  readonly objective: readonly (readonly [number, number])[];
}

function write(terms: readonly (readonly [number, number])[]): string {
  const used = terms.filter(([, factor]) => factor !== 0);
  return used.length === 0
    ? '0 x0'
    : used.map(([column, factor]) => `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} x${column}`).join(' ');
}

/**
 * Maximises with HiGHS.
 * @returns the largest value, or NaN when nothing satisfies the rows
 */
export function optimise(solver: Highs, { bounds, rows, objective }: Programme): number {
  const constraints = rows.flatMap(({ columns, factors, low, high }, at) => {
    const sum = write(columns.map((column, index) => [column, factors[index]!]));
    return [
      ...(Number.isFinite(low) ? [` l${at}: ${sum} >= ${low}`] : []),
      ...(Number.isFinite(high) ? [` h${at}: ${sum} <= ${high}`] : []),
    ];
  });
  const solution = solver.solve(
    [
      'Maximize',
      ` obj: ${write(objective)}`,
      'Subject To',
      ...(constraints.length > 0 ? constraints : [' none: 0 x0 <= 0']),
      'Bounds',
      ...bounds.map(({ low, high }, at) => ` ${low} <= x${at} <= ${high}`),
      'End',
    ].join('\n'),
  );
  return solution.Status === 'Optimal' ? solution.ObjectiveValue : NaN;
}
