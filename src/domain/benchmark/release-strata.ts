import type { LatticeDeclaration } from '../disclosure/lattice';
import type { Stratum } from '../fieldwork/types';
import { sectors, sizes } from '../fieldwork/types';
import type { DesignCell } from '../statistics/types';
import { listCodesOf, type PeerGroup } from './peer-groups';

/** A stratum of a closed wave: where it is, and what the frame and the dispositions say of it. */
export interface ReleaseStratum extends Stratum {
  /** Known ineligible among the invited. */
  readonly ineligibleCount: number;
  /** Invited workplaces; as many as invited when left out. */
  readonly workplaceCount?: number;
  /** Codes of the organisation's peer groups; none when left out. */
  readonly peers?: readonly string[];
}

const last = '\uffff';

/**
 * Puts strata in the order that design, hashes and figures rely on: organisation, sector in code order (merged ones
 * last), size S, M, L (merged ones last).
 * @param strata strata of one wave
 */
export function sortStrata(strata: readonly ReleaseStratum[]): readonly ReleaseStratum[] {
  const sizeRank = (stratum: ReleaseStratum): number =>
    stratum.size === null ? sizes.length : sizes.indexOf(stratum.size);
  return [...strata].sort(
    (a, b) =>
      compareText(a.organisation, b.organisation) ||
      compareText(a.sector ?? last, b.sector ?? last) ||
      sizeRank(a) - sizeRank(b) ||
      compareText(a.code, b.code),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * @param strata strata in canonical order
 * @param respondents responses per stratum, same order
 * @returns cells of the sampling design
 */
export function toDesignCells(strata: readonly ReleaseStratum[], respondents: Int32Array): readonly DesignCell[] {
  return strata.map((stratum, index) => ({
    stratum: stratum.code,
    organisation: stratum.organisation,
    sector: stratum.sector,
    frameCount: stratum.frameCount,
    invitedCount: stratum.invitedCount,
    ineligibleCount: stratum.ineligibleCount,
    respondentCount: respondents[index] ?? 0,
  }));
}

/**
 * What the lattice of a wave is declared over; it follows from the frame alone, never from answers.
 * @param strata strata of the wave
 * @returns member organisations in code order, sectors and sizes that the frame holds
 */
export function declareDimensions(strata: readonly ReleaseStratum[]): LatticeDeclaration {
  const cells = strata.flatMap((stratum) => stratum.cells);
  return {
    organisations: [...new Set(strata.map((stratum) => stratum.organisation))].sort(),
    sectors: sectors.filter((sector) => cells.some((cell) => cell.sector === sector)),
    sizes: sizes.filter((size) => cells.some((cell) => cell.size === size)),
  };
}

/**
 * @param strata strata of the wave
 * @param peers peer groups of the wave
 * @returns the strata, each with the peer groups of its organisation
 */
export function placePeers(strata: readonly ReleaseStratum[], peers: readonly PeerGroup[]): readonly ReleaseStratum[] {
  if (peers.length === 0) return strata;
  const codes = listCodesOf(peers);
  return strata.map((stratum) => ({ ...stratum, peers: codes.get(stratum.organisation) ?? [] }));
}
