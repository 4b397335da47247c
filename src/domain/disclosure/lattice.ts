import { createGroup } from '../benchmark/groups';
import type { PeerGroup } from '../benchmark/peer-groups';
import type { Group } from '../benchmark/types';
import type { LatticeGroup } from './types';

/** What a release declares: its member organisations and the categories that figures are broken down by. */
export interface LatticeDeclaration {
  readonly organisations: readonly string[];
  readonly sectors: readonly string[];
  readonly sizes: readonly string[];
  /** Peer groups, chosen before the wave opened; left out: none. */
  readonly peers?: readonly Pick<PeerGroup, 'code' | 'members'>[] | undefined;
}

/**
 * Lists every group that a release has figures for, in the order in which they are published: totals before
 * breakdowns, the network before organisations, comparators later, peer groups last. What must be hidden to protect others
 * is therefore first looked for among peer groups, then among breakdowns and organisation totals, last among network totals.
 * The list depends on the declaration alone, so a missing group says nothing about the answers.
 * @param declaration organisations, sectors, sizes and peer groups of the wave, without duplicates.
 * @returns the groups; the priority counts up from 0, lower is published first.
 * @throws RangeError when a name is empty or holds ";", "=" or a space.
 */
export function declareLattice(declaration: LatticeDeclaration): readonly LatticeGroup[] {
  const { organisations, sectors, sizes, peers = [] } = declaration;
  const bySector = (organisation: string): readonly Group[] =>
    sectors.map((sector) => createGroup({ organisation, sector }));
  const bySize = (organisation: string): readonly Group[] => sizes.map((size) => createGroup({ organisation, size }));
  const views: readonly (readonly Group[])[] = [
    [createGroup({})],
    organisations.map((organisation) => createGroup({ organisation })),
    sectors.map((sector) => createGroup({ sector })),
    sizes.map((size) => createGroup({ size })),
    organisations.flatMap(bySector),
    organisations.flatMap(bySize),
    organisations.map((rest) => createGroup({ rest })),
    organisations.flatMap((rest) => sectors.map((sector) => createGroup({ rest, sector }))),
    organisations.flatMap((rest) => sizes.map((size) => createGroup({ rest, size }))),
    peers.map(({ code }) => createGroup({ peers: code })),
    peers.flatMap(({ code, members }) => members.map((rest) => createGroup({ peers: code, rest }))),
  ];
  return views.flatMap((groups, priority) => groups.map((group) => ({ ...group, priority })));
}
