import type { LatticeDeclaration } from '../disclosure/lattice';
import type { MaskedIndicator } from './indicator-groups';
import type { PeerGroup } from './peer-groups';
import type { ReleaseLattice } from './release-figures';

/**
 * Writes down what a release is declared over.
 * @param dimensions organisations, sectors and sizes of the wave
 * @param peers peer groups of the wave
 * @param masked indicators with the organisations that their totals are made of
 */
export function describeLattice(
  dimensions: LatticeDeclaration,
  peers: readonly PeerGroup[],
  masked: readonly MaskedIndicator[],
): ReleaseLattice {
  return {
    organisations: [...dimensions.organisations],
    sectors: [...dimensions.sectors],
    sizes: [...dimensions.sizes],
    ...(peers.length === 0 ? {} : { peers: [...peers] }),
    contributors: Object.fromEntries(masked.map(({ tally, shown }) => [tally.indicator.id, [...shown.contributors]])),
  };
}
