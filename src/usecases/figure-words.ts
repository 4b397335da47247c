import type { PeerGroup } from '../domain/benchmark/peer-groups';
import type { Group } from '../domain/benchmark/types';
import type { NamedOrganisation } from '../domain/benchmark/comparison-view';
import type { Language } from '../domain/languages';
import type { FigureWords } from '../formats/figures-table';
import { isTextKey, pick, translate, type TextValues } from '../texts/translate';
import { namePeers } from './peer-words';

/**
 * Gives the words of figure files in one language.
 * @param language language of the reader
 * @param organisations organisations by key and name
 * @param peers peer groups of the release; left out: none
 */
export function createFigureWords(
  language: Language,
  organisations: readonly NamedOrganisation[],
  peers: readonly Pick<PeerGroup, 'code' | 'basis' | 'value'>[] = [],
): FigureWords {
  const names = new Map(organisations.map(({ key, name }) => [key, name]));
  const word = (key: string, values?: TextValues): string => (isTextKey(key) ? translate(language, key, values) : key);
  const nameGroup = (code: string): string => {
    const found = peers.find((group) => group.code === code);
    return found === undefined ? code : namePeers(language, found);
  };
  const nameOwner = ({ organisation, rest, peers: code }: Group): string => {
    if (code !== null) {
      const group = nameGroup(code);
      return rest === null ? group : word('figures.peers_rest', { group, organisation: names.get(rest) ?? rest });
    }
    if (organisation !== null) return names.get(organisation) ?? organisation;
    return rest === null ? word('figures.network') : word('figures.rest', { organisation: names.get(rest) ?? rest });
  };
  return {
    pick: (text) => pick(text, language),
    group: (group) =>
      [
        nameOwner(group),
        ...(group.sector === null ? [] : [word(`figures.sector.${group.sector}`)]),
        ...(group.size === null ? [] : [word(`figures.size.${group.size}`)]),
      ].join(', '),
    population: (population) => word(`figures.population.${population}`),
    comparability: (comparability) => word(`figures.comparability.${comparability}`),
    verdict: (verdict) => word(`figures.verdict.${verdict}`),
    outcome: (verdict) => word(`results.verdict.${verdict}`),
  };
}
