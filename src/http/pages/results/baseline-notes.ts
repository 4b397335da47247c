import type { BaselineBeside, BaselineFigure } from '../../../domain/benchmark/pick-baseline-figures';
import { formatCount } from '../format-date';
import type { RowGroup } from './group-rows';
import { isNorwegian, type Words } from './words';

/** Where published figures come from and how far they can be compared; one for all figures that share it. */
export interface BaselineNote {
  /** Letter that stands beside the figures. */
  readonly mark: string;
  /** Shape that stands beside the figures in tables and charts. */
  readonly shape: string;
  readonly title: string;
  /** Population and answers. */
  readonly facts: string | null;
  readonly source: { readonly title: string; readonly url: string } | null;
  readonly comparability: readonly {
    readonly verdict: string;
    readonly why: string;
    readonly labels: readonly string[];
  }[];
}

export interface BaselineNotes {
  readonly notes: readonly BaselineNote[];
  /** @returns the letter of the note that a figure belongs to */
  readonly markOf: (beside: BaselineBeside) => string;
}

interface Collected {
  readonly beside: BaselineBeside;
  readonly reasons: Map<string, { verdict: string; why: string; labels: string[] }>;
}

/**
 * Collects the notes of every published figure of a page, each said once.
 * @param groups tables of the page
 * @param words words of the reader's language
 * @returns notes in the order that their figures appear, and their letters
 */
export function collectBaselineNotes(groups: readonly RowGroup[], words: Words): BaselineNotes {
  const collected = new Map<string, Collected>();
  for (const { label, row } of groups.flatMap(({ rows }) => rows)) {
    for (const beside of row.baselines) {
      const key = identify(beside);
      const note: Collected = collected.get(key) ?? { beside, reasons: new Map() };
      collected.set(key, note);
      const verdict = words.t(`figures.comparability.${beside.comparability}`);
      const why = words.pick(beside.why);
      const reason = note.reasons.get(verdict + why) ?? { verdict, why, labels: [] };
      if (!reason.labels.includes(label)) reason.labels.push(label);
      note.reasons.set(verdict + why, reason);
    }
  }
  const marks = new Map([...collected.keys()].map((key, index) => [key, nameMark(index)]));
  const markOf = (beside: BaselineBeside): string => marks.get(identify(beside)) ?? '';
  return {
    markOf,
    notes: [...collected.values()].map(({ beside, reasons }): BaselineNote => {
      const comparability = [...reasons.values()];
      return {
        mark: markOf(beside),
        shape: isNorwegian(beside) ? '□' : '▽',
        title: nameSource(beside, words),
        facts: beside.figure === null ? null : describeFacts(beside.figure, words),
        source: beside.figure?.source ?? null,
        comparability:
          comparability.length === 1 ? comparability.map((one) => ({ ...one, labels: [] })) : comparability,
      };
    }),
  };
}

function identify({ baseline, figure }: BaselineBeside): string {
  if (figure === null) return JSON.stringify([baseline]);
  return JSON.stringify([baseline, figure.round, figure.period, figure.population, figure.n, figure.source.url]);
}

/** a, b … z, aa, ab … */
function nameMark(index: number): string {
  const letters = 26;
  const prefix = index < letters ? '' : nameMark(Math.floor(index / letters) - 1);
  return prefix + String.fromCharCode(97 + (index % letters));
}

/**
 * Names where a published figure comes from.
 * @param beside the figure, or the tie that says that there is none
 * @param words words of the reader's language
 * @returns such as "Danmark 2021–2023"
 */
export function nameSource(beside: Pick<BaselineBeside, 'baseline' | 'figure'>, words: Words): string {
  const { figure } = beside;
  if (figure === null) return isNorwegian(beside) ? words.t('results.table.norway') : words.t('results.table.denmark');
  const period = figure.period.replace('-', '–');
  return isNorwegian(beside)
    ? words.t('results.notes.norway', { round: figure.round, period })
    : words.t('results.notes.denmark', { period });
}

function describeFacts({ population, n }: BaselineFigure, words: Words): string {
  const answers =
    n === null
      ? words.t('results.notes.n_unknown')
      : words.t('results.notes.n', { count: formatCount(words.language, n) });
  return `${words.t(`figures.population.${population}`)}, ${answers}`;
}
