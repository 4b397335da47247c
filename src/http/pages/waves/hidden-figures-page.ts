import type { HiddenReason } from '../../../domain/disclosure/types';
import type { ReleaseVisibility } from '../../../domain/fieldwork/release-choice';
import type { HiddenFigures, HiddenFiguresPage } from '../../../usecases/administrator/read-hidden-figures';
import { createFigureWords } from '../../../usecases/figure-words';
import { formatCount } from '../format-date';
import { createReleaseIdentity, type ReleaseIdentity } from '../results/release-identity';
import type { Words } from '../results/words';

export interface HiddenFiguresView {
  readonly isDemo: boolean;
  readonly network: string;
  readonly period: string;
  /** Links to the editions when there are two. */
  readonly editions: readonly { readonly name: string; readonly href: string; readonly isCurrent: boolean }[];
  /** Null before the wave is released. */
  readonly release: {
    readonly summary: string;
    readonly reasons: readonly {
      readonly name: string;
      readonly help: string;
      readonly count: string;
      readonly percent: number;
    }[];
    readonly indicators: readonly {
      readonly label: string;
      readonly summary: string;
      readonly hidden: readonly { readonly reason: string; readonly groups: readonly string[] }[];
    }[];
    readonly identity: ReleaseIdentity;
  } | null;
}

/**
 * Turns what is hidden of a release into words.
 * @param page reasons by indicator and group
 * @param edition the edition that is looked at
 * @param words words of the reader's language
 */
export function createHiddenFiguresView(
  page: HiddenFiguresPage,
  edition: ReleaseVisibility,
  words: Words,
): HiddenFiguresView {
  const { wave, network, editions, hidden } = page;
  const path = `/runder/${encodeURIComponent(wave.key)}/skjulte-tall`;
  return {
    isDemo: network.isDemo,
    network: network.name,
    period: wave.period.replace('-', '–'),
    editions:
      editions.length < 2
        ? []
        : editions.map((audience) => ({
            name: words.t(`hidden_figures.edition.${audience}`),
            href: audience === 'public' ? `${path}?utgave=offentlig` : path,
            isCurrent: audience === edition,
          })),
    release: hidden === null ? null : describe(page, hidden, words),
  };
}

function describe(
  { organisations }: HiddenFiguresPage,
  { cells, counts, indicators, release }: HiddenFigures,
  words: Words,
): HiddenFiguresView['release'] {
  const number = (count: number): string => formatCount(words.language, count);
  const names = createFigureWords(words.language, organisations, release.lattice.peers);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const nameReason = (reason: HiddenReason): string => words.t(`hidden_figures.reason.${reason}`);
  return {
    summary: words.t('hidden_figures.summary', {
      hidden: number(total),
      cells: number(cells),
      percent: Math.round((100 * total) / cells),
    }),
    reasons: counts.map(({ reason, count }) => ({
      name: nameReason(reason),
      help: words.t(`hidden_figures.help.${reason}`, {
        count: release.policy.minimumCellSize,
        workplaces: release.policy.minimumWorkplaces,
      }),
      count: number(count),
      percent: Math.round((100 * count) / total),
    })),
    indicators: indicators.map(({ label, groups, hidden }) => ({
      label: words.pick(label),
      summary: words.t('hidden_figures.indicator', {
        hidden: hidden.reduce((sum, one) => sum + one.groups.length, 0),
        groups,
      }),
      hidden: hidden.map((one) => ({ reason: nameReason(one.reason), groups: one.groups.map(names.group) })),
    })),
    identity: createReleaseIdentity(release, words),
  };
}
