import type { PeerGroup } from '../domain/benchmark/peer-groups';
import type { Language } from '../domain/languages';
import { isTextKey, translate } from '../texts/translate';

type Named = Pick<PeerGroup, 'basis' | 'value'>;

function pick(form: 'group' | 'others', language: Language, { basis, value }: Named): string {
  const key = `peers.${form}.${basis === 'kostra_group' || basis === 'chosen' ? basis : value}`;
  return isTextKey(key) ? translate(language, key, { value }) : value;
}

/**
 * @param language language of the reader
 * @param group a peer group
 * @returns its name, such as "KOSTRA-gruppe EKG10"
 */
export function namePeers(language: Language, group: Named): string {
  return pick('group', language, group);
}

/**
 * @param language language of the reader
 * @param group a peer group
 * @returns what an organisation's peers are called beside it, such as "De andre i KOSTRA-gruppe EKG10"
 */
export function nameOthers(language: Language, group: Named): string {
  return pick('others', language, group);
}

/**
 * @param language language of the reader
 * @param group a peer group
 * @returns where it comes from, with its year, such as "delt inn etter folketallet i 2026"
 */
export function describeOrigin(language: Language, { basis, year }: Pick<PeerGroup, 'basis' | 'year'>): string {
  return translate(language, `peers.origin.${basis}`, { year: String(year ?? '') });
}

/**
 * @param language language of the reader
 * @param group a peer group
 * @param count how many of its members
 * @returns such as "4 kommuner"
 */
export function countPeers(language: Language, { basis, value }: Named, count: number): string {
  const isOfMunicipalities = basis === 'population' || value === 'municipality';
  const noun = isOfMunicipalities ? 'municipality' : basis === 'kind' ? 'county' : 'organisation';
  return translate(language, `peers.count.${noun}`, { count });
}
