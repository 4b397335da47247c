import { canSomewhere, type Action, type Actor } from '../../../domain/permissions';
import type { TextKey } from '../../../texts/translate';
import type { Words } from '../results/words';

/** The pages of a wave, in the order in which a round needs them, with the right that each asks for. */
const parts = [
  { name: 'overview', path: '', action: 'see own fieldwork' },
  { name: 'settings', path: '/innstillinger', action: 'manage wave' },
  { name: 'peers', path: '/grupper', action: 'manage wave' },
  { name: 'frame', path: '/ramme', action: 'maintain frame' },
  { name: 'privacy', path: '/personvern', action: 'manage wave' },
  { name: 'preview', path: '/forhandsvisning', action: 'manage wave' },
  { name: 'mail', path: '/utsending', action: 'manage wave' },
  { name: 'participation', path: '/deltakelse', action: 'see own fieldwork' },
  { name: 'hidden_figures', path: '/skjulte-tall', action: 'administer installation' },
] as const satisfies readonly {
  readonly name: string;
  readonly path: string;
  readonly action: Action;
}[];

export type WavePart = (typeof parts)[number]['name'];

/** One part of a wave's pages. */
export interface Tab {
  readonly name: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/**
 * Lists the pages of a wave that somebody may open.
 * @param request who asks, which wave, and which of its pages they are on
 * @param words wording of the reader's language
 * @returns tabs in the order in which a round needs them
 */
export function createWaveTabs(
  request: {
    readonly actor: Actor;
    readonly networkId: string;
    readonly waveKey: string;
    readonly current: WavePart;
  },
  words: Words,
): readonly Tab[] {
  const { actor, networkId, waveKey, current } = request;
  return parts
    .filter(({ action }) => canSomewhere(actor, action, networkId))
    .map(({ name, path }) => ({
      name: words.t(`wave.tab.${name}` satisfies TextKey),
      href: `/runder/${encodeURIComponent(waveKey)}${path}`,
      isCurrent: name === current,
    }));
}
