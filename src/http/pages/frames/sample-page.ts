import type { SampleOverview } from '../../../usecases/coordinator/read-sample';
import { formatCount } from '../format-date';
import { nameCategory, type Words } from '../results/words';
import { nameSize } from './frame-words';

const usualMinimum = 2;

export interface SampleView {
  readonly path: string;
  readonly framePath: string;
  readonly asksManagers: boolean;
  readonly isDraft: boolean;
  readonly isEmpty: boolean;
  readonly now: string;
  readonly isOutdated: boolean;
  readonly kind: string;
  readonly sizes: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly value: string;
  }[];
  readonly minimum: string;
  readonly seed: string;
  readonly cells: readonly { readonly name: string; readonly drawn: string; readonly units: string }[];
}

/**
 * Turns a sample into the words of its page.
 * @param overview counts and the sample
 * @param posted what was written in the form; null: nothing yet
 * @param words words of the reader's language
 */
export function createSampleView(
  overview: SampleOverview,
  posted: Readonly<Record<string, string>> | null,
  words: Words,
): SampleView {
  const { wave, population, organisations, sample, isCurrent, cells } = overview;
  const framePath = `/runder/${encodeURIComponent(wave.key)}/ramme`;
  const asked = organisations.filter(({ units }) => units > 0);
  return {
    path: `${framePath}/utvalg`,
    framePath,
    asksManagers: population === 'managers',
    isDraft: wave.state === 'draft',
    isEmpty: asked.length === 0,
    now: describeNow(overview, words),
    isOutdated: !isCurrent && wave.state === 'draft',
    kind: posted?.['kind'] ?? (sample === null ? 'census' : 'sample'),
    sizes: asked.map(({ key, name, units }) => ({
      name: `size_${key}`,
      label: name,
      hint: words.t('frame.sample.of', { count: units }),
      value: posted?.[`size_${key}`] ?? String(sample?.plan.organisations[key] ?? ''),
    })),
    minimum: posted?.['minimum'] ?? String(sample?.plan.minimum ?? usualMinimum),
    seed: posted?.['seed'] ?? sample?.seed ?? '',
    cells: cells.map(({ organisation, sector, size, drawnCount, frameCount }) => ({
      name: `${organisations.find(({ key }) => key === organisation)?.name ?? organisation}, ${nameCategory(words, 'sector', sector).toLowerCase()}, ${nameSize(words, size).toLowerCase()}`,
      drawn: formatCount(words.language, drawnCount),
      units: formatCount(words.language, frameCount),
    })),
  };
}

function describeNow({ organisations, sample }: SampleOverview, words: Words): string {
  const total = (read: (organisation: SampleOverview['organisations'][number]) => number): number =>
    organisations.reduce((sum, organisation) => sum + read(organisation), 0);
  const counts = { invited: total(({ invited }) => invited), units: total(({ units }) => units) };
  if (sample !== null) return words.t('frame.sample.now.sample', { ...counts, seed: sample.seed });
  return words.t(counts.invited === counts.units ? 'frame.sample.now.census' : 'frame.sample.now.partial', counts);
}
