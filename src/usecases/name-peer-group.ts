import type { NamedOrganisation, NamedPeerGroup } from '../domain/benchmark/comparison-view';
import type { PeerGroup } from '../domain/benchmark/peer-groups';

/**
 * @param group a peer group
 * @param organisations organisations by key and name
 * @returns the group with its members by name, in the order of the organisations
 */
export function namePeerGroup(group: PeerGroup, organisations: readonly NamedOrganisation[]): NamedPeerGroup {
  const known = organisations.filter(({ key }) => group.members.includes(key));
  const unknown = group.members.filter((key) => !known.some((one) => one.key === key));
  return {
    ...group,
    members: [...known.map(({ key, name }) => ({ key, name })), ...unknown.map((key) => ({ key, name: key }))],
  };
}
