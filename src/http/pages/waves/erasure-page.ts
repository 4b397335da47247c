import type { ErasurePage } from '../../../usecases/administrator/read-erasure';
import { formatDate } from '../format-date';
import type { Words } from '../results/words';

export interface ErasureView {
  readonly isDemo: boolean;
  readonly network: string;
  readonly wave: { readonly name: string; readonly href: string };
  /** What can be erased, and why not more. */
  readonly paragraphs: readonly string[];
  /** The form that there is; null: nothing can be found. */
  readonly form: { readonly kind: 'code' | 'unit'; readonly action: string } | null;
  readonly history: readonly string[];
}

/**
 * Turns what is known of erasing responses of a wave into the words of its page.
 * @param page state and level of the wave, and what was erased before
 * @param words words of the reader's language
 */
export function createErasureView({ wave, network, history }: ErasurePage, words: Words): ErasureView {
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  return {
    isDemo: network.isDemo,
    network: network.name,
    wave: { name: wave.period.replace('-', '–'), href: path },
    paragraphs: listParagraphs(wave, words),
    form: findForm(wave, path),
    history: history.map(({ date, foundBy }) =>
      words.t(`erasure.history.${foundBy}`, { date: formatDate(words.language, date) }),
    ),
  };
}

function listParagraphs({ state, anonymityLevel }: ErasurePage['wave'], words: Words): readonly string[] {
  if (state === 'draft') return [words.t('erasure.draft')];
  if (state === 'open') return [words.t('erasure.open'), words.t('erasure.open.lost')];
  if (anonymityLevel === 'anonym') return [words.t('erasure.anonym')];
  return [words.t('erasure.fortrolig'), words.t('erasure.fortrolig.shared'), words.t('erasure.releases')];
}

function findForm({ state, anonymityLevel }: ErasurePage['wave'], path: string): ErasureView['form'] {
  if (state === 'open') return { kind: 'code', action: `${path}/sletting/kode` };
  if (state === 'draft' || anonymityLevel === 'anonym') return null;
  return { kind: 'unit', action: `${path}/sletting/arbeidsplass` };
}
