import { viewOf } from '../../../domain/fieldwork/board/rows';
import type { Board } from '../../../usecases/coordinator/read-board';
import { formatCount, formatDate } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import type { Words } from '../results/words';
import { createDaysView, type DaysView } from './board-chart';
import { createOutcomesView, type OutcomesView } from './board-outcomes';
import { createHeadline, nameOf, type BoardHeadline } from './board-headline';
import { createBoardTable, namePart, type BoardTable } from './board-table';

export interface BoardView {
  readonly title: string;
  readonly isDemo: boolean;
  readonly network: string;
  readonly state: Board['wave']['state'];
  readonly stateText: string;
  /** What there is to say when nothing can be shown; null: the rest is shown. */
  readonly nothing: string | null;
  readonly headline: BoardHeadline | null;
  /** Per cent, for the marks of the bars. */
  readonly target: number | null;
  readonly choices: readonly { readonly value: string; readonly name: string; readonly isChosen: boolean }[];
  readonly days: DaysView | null;
  readonly tables: readonly BoardTable[];
  readonly outcomes: OutcomesView | null;
  readonly help: string;
  readonly notes: readonly string[];
  readonly deletion: { readonly sentence: string; readonly proof: readonly Fact[] } | null;
  readonly file: string;
  readonly erasure: string | null;
}

/**
 * Turns a board into the words of its page.
 * @param board what the reader may see
 * @param today YYYY-MM-DD
 * @param words words of the reader's language
 */
export function createBoardView(board: Board, today: string, words: Words): BoardView {
  const { wave, network, target } = board;
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  const shown = board.scope ?? board.total;
  return {
    title: words.t('board.title', { period: wave.period.replace('-', '–') }),
    isDemo: network.isDemo,
    network: network.name,
    state: wave.state,
    stateText: words.t(`wave.state.${wave.state}`),
    nothing: sayNothing(board, words),
    headline: shown === null ? null : createHeadline(board, shown, { today, words }),
    target,
    choices: listChoices(board, words),
    days: createDaysView(board, nameOf(shown, words), words),
    tables: listTables(board, words),
    outcomes: createOutcomesView(board, words),
    help: words.t('board.help', { count: board.minimumCellSize }),
    notes: listNotes(board, words),
    deletion: createDeletion(board, words),
    file: `${path}/deltakelse.csv`,
    erasure: board.canErase ? `${path}/sletting` : null,
  };
}

function sayNothing({ wave, total, scope, minimumCellSize }: Board, words: Words): string | null {
  if (wave.state === 'draft') return words.t('board.draft');
  return total === null && scope === null ? words.t('board.none', { count: minimumCellSize }) : null;
}

function listChoices({ total, organisations, scope }: Board, words: Words): BoardView['choices'] {
  const all = total === null ? [] : [{ value: '', name: words.t('board.network'), isChosen: scope === null }];
  const each = organisations.map(({ organisation, name }) => ({
    value: organisation ?? '',
    name: name ?? '',
    isChosen: scope?.organisation === organisation,
  }));
  return all.length + each.length > 1 ? [...all, ...each] : [];
}

function listTables(board: Board, words: Words): readonly BoardTable[] {
  const isOpen = board.wave.state === 'open';
  const whole = board.total === null ? null : { ...board.total, name: words.t('wave.total') };
  const parts = (['sector', 'size', 'cross'] as const).map((view) => ({
    id: view,
    title: words.t(`board.by.${view}`, { name: nameOf(board.scope, words) }),
    isOpen,
    rows: board.parts.filter((row) => viewOf(row) === view).map((row) => ({ ...row, name: namePart(row, words) })),
    total: null,
  }));
  const organisations = board.organisations.map((row) => ({ ...row, name: row.name ?? '' }));
  return [
    { id: 'organisation', title: words.t('board.by.organisation'), isOpen, rows: organisations, total: whole },
    ...parts,
  ].flatMap((table) => createBoardTable(table, words) ?? []);
}

function listNotes({ wave, withdrawals, parts }: Board, words: Words): readonly string[] {
  if (wave.state === 'draft') return [];
  return [
    words.t('board.note.rate'),
    ...(parts.length > 0 ? [words.t('board.note.parts')] : []),
    ...(withdrawals !== null && withdrawals > 0
      ? [
          words.t(wave.state === 'open' ? 'board.note.withdrawn' : 'board.note.withdrawn_closed', {
            count: withdrawals,
          }),
        ]
      : []),
  ];
}

function createDeletion({ wave, proof }: Board, words: Words): BoardView['deletion'] {
  const { deleteAddressesOn } = wave;
  const date = (day: string): string => formatDate(words.language, day);
  if (proof === null) {
    if (deleteAddressesOn === null) return null;
    return { sentence: words.t('board.deletion.promised', { date: date(deleteAddressesOn) }), proof: [] };
  }
  const count = (value: number): string => formatCount(words.language, value);
  return {
    sentence: words.t('board.deletion.done', { promised: date(proof.promisedOn), done: date(proof.doneOn) }),
    proof: [
      { term: words.t('board.deletion.invitations'), text: count(proof.invitations) },
      { term: words.t('board.deletion.addresses'), text: count(proof.addresses) },
      { term: words.t('board.deletion.links'), text: count(proof.links) },
      { term: words.t('board.deletion.mail'), text: count(proof.mailItems) },
      { term: words.t('board.deletion.kept'), text: count(proof.strataKept) },
    ],
  };
}
