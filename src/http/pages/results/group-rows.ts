import type { ComparisonRow } from '../../../domain/benchmark/comparison-view';
import type { Words } from './words';

/** Rows that belong in one table: one indicator, or several that are asked in the same way. */
export interface RowGroup {
  readonly title: string;
  readonly base: string;
  readonly rows: readonly { readonly label: string; readonly row: ComparisonRow }[];
}

/**
 * Divides the rows of a theme into tables. Neighbouring indicators with the same base and the same answers (statements,
 * factors) are read together: one table for each answer, with an indicator on every row. Any other indicator is a table
 * of its own with its options as rows.
 * @param rows rows of a comparison page, in the codebook's order
 * @param words words of the reader's language
 * @returns tables in order, each row in exactly one
 */
export function groupRows(rows: readonly ComparisonRow[], words: Words): readonly RowGroup[] {
  return joinAlike(splitByIndicator(rows), words).flatMap((indicators) => {
    const [first] = indicators;
    const [top] = first ?? [];
    if (first === undefined || top === undefined) return [];
    const base = words.pick(top.baseLabel);
    if (indicators.length === 1) {
      const labelled = first.map((row) => ({ label: words.pick(row.optionLabel), row }));
      return [{ title: words.pick(top.indicatorLabel), base, rows: labelled }];
    }
    return first.map((option, index) => ({
      title: words.pick(option.optionLabel),
      base,
      rows: indicators.flatMap((own) => {
        const row = own[index];
        return row === undefined ? [] : [{ label: words.pick(row.indicatorLabel), row }];
      }),
    }));
  });
}

function splitByIndicator(rows: readonly ComparisonRow[]): readonly (readonly ComparisonRow[])[] {
  const found = new Map<string, ComparisonRow[]>();
  for (const row of rows) found.set(row.indicator, [...(found.get(row.indicator) ?? []), row]);
  return [...found.values()];
}

function joinAlike(
  indicators: readonly (readonly ComparisonRow[])[],
  words: Words,
): readonly (readonly (readonly ComparisonRow[])[])[] {
  const joined: (readonly ComparisonRow[])[][] = [];
  let last: string | null = null;
  for (const indicator of indicators) {
    const form = describeForm(indicator, words);
    if (form === last) joined.at(-1)?.push(indicator);
    else joined.push([indicator]);
    last = form;
  }
  return joined;
}

function describeForm(indicator: readonly ComparisonRow[], words: Words): string {
  const [first] = indicator;
  const base = first === undefined ? '' : words.pick(first.baseLabel);
  return JSON.stringify([base, ...indicator.map(({ optionLabel }) => words.pick(optionLabel))]);
}
