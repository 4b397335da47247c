import type { Tab } from '../waves/wave-tabs';
import type { Words } from '../results/words';

/** The pages of a network for those who run it, in order. */
const parts = [
  { name: 'members', path: '' },
  { name: 'people', path: '/folk' },
  { name: 'settings', path: '/innstillinger' },
  { name: 'new_wave', path: '/ny-runde' },
] as const;

export type NetworkPart = (typeof parts)[number]['name'];

/**
 * Lists the pages of a network for those who run it.
 * @param request which network, and which of its pages they are on
 * @param words words of the reader's language
 * @returns tabs in order
 */
export function createNetworkTabs(
  { networkKey, current }: { readonly networkKey: string; readonly current: NetworkPart },
  words: Words,
): readonly Tab[] {
  return parts.map(({ name, path }) => ({
    name: words.t(`network.tab.${name}`),
    href: `/nettverk/${encodeURIComponent(networkKey)}${path}`,
    isCurrent: name === current,
  }));
}
