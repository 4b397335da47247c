import { covaryEstimates } from './covary-estimates';
import { describeDomain } from './describe-domain';
import { fTail } from './f-tail';
import { lineariseRatio, type Linearised } from './linearise-ratio';
import type { Sample } from './sample';
import { solveNormalEquations } from './solve-normal-equations';
import { sumCanonically } from './sum-canonically';

/** A table of groups by answer categories; -1 for respondents outside the table. */
export interface CategoryAnswers {
  readonly groupOf: Int32Array;
  readonly categoryOf: Int32Array;
}

/** Test of the whole table. */
export interface TableTest {
  readonly statistic: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

interface Table {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly cells: readonly Linearised[];
}

function listObserved(codes: Int32Array, members: Uint8Array): number[] {
  return [...new Set(codes.filter((_, at) => members[at] === 1))].sort((first, second) => first - second);
}

function tabulate(sample: Sample, { groupOf, categoryOf }: CategoryAnswers): Table {
  const inDomain = groupOf.map((group, at) => (group >= 0 && (categoryOf[at] ?? -1) >= 0 ? 1 : 0));
  const members = Uint8Array.from(inDomain, (inside, at) => ((sample.stratumOf[at] ?? -1) >= 0 ? inside : 0));
  const rows = listObserved(groupOf, members);
  const columns = listObserved(categoryOf, members);
  const denominator = new Float64Array(inDomain.length).fill(1);
  const cells = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const numerator = inDomain.map((_, at) => (groupOf[at] === row && categoryOf[at] === column ? 1 : 0));
      return lineariseRatio(sample, { inDomain, numerator, denominator }) ?? [];
    }),
  );
  return { rows, columns, cells };
}

/** Pearson's statistic of the table of estimated shares, scaled to the number of respondents. */
function pearson({ rows, columns, cells }: Table): number {
  const share = (row: number, column: number) => cells[row * columns.length + column]?.estimate ?? 0;
  const rowShares = rows.map((_, row) => sumCanonically(columns.map((__, column) => share(row, column))));
  const columnShares = columns.map((_, column) => sumCanonically(rows.map((__, row) => share(row, column))));
  const terms = rowShares.flatMap((rowShare, row) =>
    columnShares.map((columnShare, column) => {
      const expected = rowShare * columnShare;
      return (share(row, column) - expected) ** 2 / expected;
    }),
  );
  return (cells[0]?.n ?? 0) * sumCanonically(terms);
}

/** Interactions of rows and columns: products of contrasts with the last row and the last column. */
function listContrasts({ rows, columns }: Table): Float64Array[] {
  const last = { row: rows.length - 1, column: columns.length - 1 };
  const sign = (at: number, chosen: number, reference: number) => (at === chosen ? 1 : at === reference ? -1 : 0);
  return rows.slice(0, -1).flatMap((_, i) =>
    columns.slice(0, -1).map((__, j) =>
      Float64Array.from({ length: rows.length * columns.length }, (___, cell) => {
        const row = Math.floor(cell / columns.length);
        return sign(row, i, last.row) * sign(cell % columns.length, j, last.column);
      }),
    ),
  );
}

function multiply(contrasts: readonly Float64Array[], term: (first: Float64Array, second: Float64Array) => number) {
  return contrasts.map((first) => Float64Array.from(contrasts, (second) => term(first, second)));
}

/**
 * Delta = (C' D^-1 C / n)^-1 C' D^-1 V D^-1 C, column by column; its eigenvalues are the generalised design effects.
 */
function designEffects(sample: Sample, table: Table): Float64Array[] {
  const variances = covaryEstimates(
    sample,
    table.cells.map((cell) => cell.influence),
  );
  const inverse = table.cells.map(({ estimate }) => (estimate === 0 ? 0 : 1 / estimate));
  const n = table.cells[0]?.n ?? 1;
  const contrasts = listContrasts(table);
  const denominator = multiply(contrasts, (first, second) =>
    sumCanonically(first.map((value, cell) => (value * (second[cell] ?? 0) * (inverse[cell] ?? 0)) / n)),
  );
  const scale = (contrast: Float64Array) => contrast.map((value, cell) => value * (inverse[cell] ?? 0));
  const numerator = multiply(contrasts.map(scale), (first, second) =>
    sumCanonically(
      variances.flatMap((row, one) => row.map(({ noFpc }, two) => (first[one] ?? 0) * noFpc * (second[two] ?? 0))),
    ),
  );
  return numerator.map((column) => solveNormalEquations(denominator, column));
}

/**
 * Whether groups differ in the distribution over more than two categories: Pearson's statistic with Rao and Scott's
 * second-order correction, F = X² / tr(Delta) on d0 and d0 nu degrees of freedom, d0 = tr(Delta)² / tr(Delta²). Without
 * finite population correction. Categories are looked at one by one only after it.
 * Source: Rao, Scott (1984), Annals of Statistics 12; R `survey::svychisq(statistic = "F")`.
 * @param sample - all respondents of the design
 * @param answers - group and category per respondent
 * @returns test, or null when fewer than two groups or categories were observed or the design has no degrees of freedom
 */
export function testTable(sample: Sample, answers: CategoryAnswers): TableTest | null {
  const table = tabulate(sample, answers);
  const [cell] = table.cells;
  if (!cell || table.rows.length < 2 || table.columns.length < 2) return null;
  const { df } = describeDomain(sample, cell.members);
  const effects = designEffects(sample, table);
  const trace = effects.reduce((total, column, at) => total + (column[at] ?? 0), 0);
  const squared = effects.reduce(
    (total, column, at) => total + column.reduce((own, value, row) => own + value * (effects[row]?.[at] ?? 0), 0),
    0,
  );
  if (df < 1 || trace <= 0) return null;
  const statistic = pearson(table) / trace;
  const df1 = trace ** 2 / squared;
  return { statistic, df1, df2: df1 * df, p: fTail(statistic, df1, df1 * df) };
}
