import { countEligible } from '../../../domain/fieldwork/board/counts';
import type { Board, BoardTotal } from '../../../usecases/coordinator/read-board';
import { formatCount } from '../format-date';
import type { Words } from '../results/words';
import { listResponseRates, rateNames } from './response-rates';

/** Final outcomes and response rates of a closed wave. */
export interface OutcomesView {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly { label: string; text: string }[] }[];
  readonly definitions: readonly { readonly term: string; readonly text: string }[];
}

/**
 * Makes the table of AAPOR response rates of a closed wave.
 * @param board the board
 * @param words words of the reader's language
 * @returns null while the wave is open, or where complete and partial responses were not told apart
 */
export function createOutcomesView(board: Board, words: Words): OutcomesView | null {
  const totals = board.total === null ? board.organisations : [...board.organisations, board.total];
  const rows = totals.filter(({ complete }) => complete !== null);
  if (rows.length === 0) return null;
  const headings = ['board.complete', 'board.partial', 'board.eligible'] as const;
  return {
    headings: [...headings.map((key) => words.t(key)), ...rateNames.map((name) => name.toUpperCase())],
    rows: rows.map((row) => ({
      name: row.name ?? words.t('wave.total'),
      cells: [...listCounts(row, words), ...listResponseRates(row.rates, words)],
    })),
    definitions: rateNames.map((name) => ({ term: name.toUpperCase(), text: words.t(`board.${name}`) })),
  };
}

function listCounts({ counts, complete }: BoardTotal, words: Words): OutcomesView['rows'][number]['cells'] {
  const values = [
    ['board.complete', complete ?? 0],
    ['board.partial', counts.answered - (complete ?? 0)],
    ['board.eligible', countEligible(counts)],
  ] as const;
  return values.map(([key, value]) => ({ label: words.t(key), text: formatCount(words.language, value) }));
}
