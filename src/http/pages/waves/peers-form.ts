import { maximumChosenGroups, maximumPeerGroups } from '../../../domain/benchmark/peer-groups';
import type { PeerForm } from '../../../usecases/coordinator/choose-peers';
import type { PeersPage, PossiblePeerGroup } from '../../../usecases/coordinator/read-peers';
import { countPeers, describeOrigin, namePeers } from '../../../usecases/peer-words';
import type { FormFields } from '../../form-fields';
import { joinNames } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import type { Words } from '../results/words';

/** So many members are named in a line. */
const mostNames = 12;

/** One group that could be formed. */
interface PossibleView {
  readonly text: string;
  readonly verdict: string;
  readonly isUsed: boolean;
}

/** The form of the peer groups as the view draws it. */
export interface PeersFormView {
  readonly lead: string;
  readonly needs: string;
  readonly bases: readonly {
    readonly value: string;
    readonly label: string;
    readonly help: string;
    readonly isChosen: boolean;
    readonly possible: readonly PossibleView[];
    readonly unplaced: string | null;
  }[];
  readonly groups: readonly {
    readonly number: number;
    readonly name: string;
    readonly nameLabel: string;
    readonly membersLabel: string;
    /** How many are stored; null where that would only confuse. */
    readonly saved: string | null;
    readonly isOpen: boolean;
    readonly members: readonly { readonly key: string; readonly name: string; readonly isMember: boolean }[];
  }[];
}

/**
 * Reads the posted form of the peer groups.
 * @param body fields of the form
 */
export function readPeersForm(body: FormFields): PeerForm {
  return {
    bases: body.all('bases'),
    groups: listNumbers().map((number) => ({
      name: body.text(`name${number}`),
      members: body.all(`members${number}`),
    })),
  };
}

function listNumbers(): readonly number[] {
  return Array.from({ length: maximumChosenGroups }, (_, at) => at + 1);
}

/**
 * Makes the form's view model.
 * @param page what can be chosen
 * @param form what is filled in; null: what is stored
 * @param words words of the reader's language
 * @returns null where the groups are fixed
 */
export function createPeersFormView(page: PeersPage, form: PeerForm | null, words: Words): PeersFormView | null {
  if (page.state === 'fixed') return null;
  const { bases, groups } = form ?? page.choice;
  return {
    lead: words.t('peers.lead', { most: maximumPeerGroups }),
    needs: words.t(page.isOpenNetwork ? 'peers.needs' : 'peers.needs.closed', { fewest: page.fewest }),
    bases: page.bases.map(({ basis, possible, unplaced }) => ({
      value: basis,
      label: words.t(`peers.basis.${basis}`),
      help: words.t(`peers.basis.${basis}.help`, { year: String(possible[0]?.group.year ?? 'none') }),
      isChosen: bases.includes(basis),
      possible: possible.map((one) => describePossible(one, words)),
      unplaced: describeUnplaced(possible, unplaced, words),
    })),
    groups: listNumbers().map((number) => {
      const { name, members } = groups[number - 1] ?? { name: '', members: [] };
      return {
        number,
        name,
        nameLabel: words.t('peers.name', { number }),
        membersLabel: words.t('peers.members', { number }),
        saved: form === null && members.length > 0 ? words.t('peers.ticked', { count: members.length }) : null,
        isOpen: form !== null && members.length > 0,
        members: page.members.map((one) => ({ ...one, isMember: members.includes(one.key) })),
      };
    }),
  };
}

function describePossible({ group, verdict }: PossiblePeerGroup, words: Words): PossibleView {
  const { language } = words;
  return {
    text: words.t('peers.members_of', {
      name: namePeers(language, group),
      count: group.members.length,
      members: listNames(
        group.members.map(({ name }) => name),
        words,
      ),
    }),
    verdict: words.t(`peers.verdict.${verdict}`),
    isUsed: verdict === 'used',
  };
}

function describeUnplaced(
  possible: readonly PossiblePeerGroup[],
  names: readonly string[],
  words: Words,
): string | null {
  if (possible.length === 0) return words.t('peers.no_facts');
  return names.length === 0 ? null : words.t('peers.unplaced', { names: listNames(names, words) });
}

function listNames(names: readonly string[], words: Words): string {
  const shown = names.slice(0, mostNames);
  const more = names.length - shown.length;
  return joinNames(words.language, more === 0 ? shown : [...shown, words.t('peers.more', { count: more })]);
}

/**
 * Tells which peer groups a wave has since it opened.
 * @param page the fixed groups
 * @param words words of the reader's language
 * @returns none before
 */
export function listPeerFacts(page: PeersPage, words: Words): readonly Fact[] {
  if (page.state === 'draft') return [];
  const { language } = words;
  return page.groups.map((group) => ({
    term: namePeers(language, group),
    text: words.t('peers.fact', {
      count: countPeers(language, group, group.members.length),
      origin: describeOrigin(language, group),
      members: joinNames(
        language,
        group.members.map(({ name }) => name),
      ),
    }),
  }));
}
