import { listCodesOf, maximumPeerGroups, type PeerGroup } from '../benchmark/peer-groups';
import { declareLattice } from './lattice';
import { computeMask } from './suppression-mask';
import type { Atom, DisclosurePolicy } from './types';

/** An open network's groups are this large at least: with fewer, "the others" is one organisation. */
const fewestMembersInOpenNetworks = 3;
/** Answers per organisation that hide nothing by themselves, in smallest groups. */
const plenty = 10;

/**
 * What becomes of a peer group: it is used; it has too few members; it is the whole network; it has the members of a group
 * before it; it would tell of too few others whatever was answered; there are enough groups before it.
 */
export type PeerVerdict = 'used' | 'too_few' | 'whole' | 'same' | 'narrow' | 'too_many';

/** A group that could be formed, and what becomes of it. */
export interface JudgedPeerGroup {
  readonly group: PeerGroup;
  readonly verdict: PeerVerdict;
}

/**
 * @param policy rules of the wave
 * @returns how many members a peer group needs
 */
export function countFewestMembers({
  isOpenNetwork,
  minimumOrganisations,
}: Pick<DisclosurePolicy, 'isOpenNetwork' | 'minimumOrganisations'>): number {
  return isOpenNetwork ? fewestMembersInOpenNetworks : minimumOrganisations + 1;
}

/**
 * Tells before a wave opens which peer groups can be shown at all, so that none is declared that would always be hidden.
 * In closed networks the mask decides, as if every organisation had answers in plenty: a group is of no use where it,
 * what the network leaves of it, or another group together with it is too few others for some member (R6).
 * @param candidates groups in order of importance
 * @param organisations keys of all that take part
 * @param policy rules of the wave
 * @returns every candidate with what becomes of it, same order
 */
export function judgePeerGroups(
  candidates: readonly PeerGroup[],
  organisations: readonly string[],
  policy: DisclosurePolicy,
): readonly JudgedPeerGroup[] {
  const fewest = countFewestMembers(policy);
  const known = new Set<string>();
  const judged = candidates.map((group): JudgedPeerGroup => {
    const { members } = group;
    const name = members.join();
    if (members.length < fewest) return { group, verdict: 'too_few' };
    if (members.length === organisations.length) return { group, verdict: 'whole' };
    if (known.has(name)) return { group, verdict: 'same' };
    if (known.size === maximumPeerGroups) return { group, verdict: 'too_many' };
    known.add(name);
    return { group, verdict: 'used' };
  });
  const hidden = policy.isOpenNetwork ? new Set<string>() : findNarrow(listUsed(judged), organisations, policy);
  return judged.map(({ group, verdict }) => {
    return { group, verdict: verdict === 'used' && hidden.has(group.code) ? 'narrow' : verdict };
  });
}

/**
 * @param judged groups and what becomes of them
 * @returns those that are used
 */
export function listUsed(judged: readonly JudgedPeerGroup[]): readonly PeerGroup[] {
  return judged.filter(({ verdict }) => verdict === 'used').map(({ group }) => group);
}

/** Members of the same groups see the same: one of each is enough. */
function findNarrow(
  peers: readonly PeerGroup[],
  organisations: readonly string[],
  policy: DisclosurePolicy,
): ReadonlySet<string> {
  if (peers.length === 0) return new Set();
  const codes = listCodesOf(peers);
  const atoms = organisations.map((organisation): Atom => {
    const place = { organisation, sector: null, size: null, peers: codes.get(organisation) ?? [] };
    return { ...place, validCount: plenty * policy.minimumCellSize, optionCounts: [] };
  });
  const viewers = new Map(atoms.map(({ organisation, peers: own = [] }) => [own.join(), organisation]));
  const declared = declareLattice({ organisations: [...viewers.values()], sectors: [], sizes: [], peers });
  const groups = declared.filter(({ rest }) => rest === null);
  const { published } = computeMask({ policy, sensitivity: 0, atoms, groups });
  return new Set(groups.flatMap(({ key, peers: code }) => (code !== null && !published.has(key) ? [code] : [])));
}
