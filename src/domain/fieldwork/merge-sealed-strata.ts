import { mergeSmallGroups, minimumStratumSize, nameStratum, soleSector, soleSize, type Cell } from './strata';
import type { Stratum } from './types';

/** A stratum with what came of it, as it is kept when a wave closes. */
export interface SealedStratum extends Stratum {
  readonly ineligibleCount: number;
  readonly respondentCount: number;
}

/** Strata after sealing, and the new code of every earlier one. */
export interface SealedStrata {
  readonly strata: readonly SealedStratum[];
  readonly codes: Readonly<Record<string, string>>;
}

/**
 * Merges strata of an organisation with fewer than five responses on, in the same order as at opening, so that a sealed
 * response never stands almost alone in its stratum.
 * @param strata strata of the wave with their counts
 * @returns the strata to keep, by organisation in canonical order, and the new code of every earlier stratum
 */
export function mergeSealedStrata(strata: readonly SealedStratum[]): SealedStrata {
  const organisations = [...new Set(strata.map(({ organisation }) => organisation))].sort();
  const merged = organisations.flatMap((organisation) => {
    const own = strata.filter((stratum) => stratum.organisation === organisation);
    const groups = own.map(({ cells, respondentCount }) => ({ cells, count: respondentCount }));
    return mergeSmallGroups(groups, minimumStratumSize).map(({ cells }) => {
      const parts = own.filter((stratum) => stratum.cells.some((cell) => holds(cells, cell)));
      return { parts, stratum: combine(organisation, cells, parts) };
    });
  });
  const pairs = merged.flatMap(({ parts, stratum }) => parts.map(({ code }) => [code, stratum.code] as const));
  return { strata: merged.map(({ stratum }) => stratum), codes: Object.fromEntries(pairs) };
}

function holds(cells: readonly Cell[], { sector, size }: Cell): boolean {
  return cells.some((cell) => cell.sector === sector && cell.size === size);
}

function combine(organisation: string, cells: readonly Cell[], parts: readonly SealedStratum[]): SealedStratum {
  const total = (count: (stratum: SealedStratum) => number) => parts.reduce((sum, part) => sum + count(part), 0);
  return {
    code: nameStratum(organisation, cells),
    organisation,
    sector: soleSector(cells),
    size: soleSize(cells),
    cells,
    frameCount: total(({ frameCount }) => frameCount),
    invitedCount: total(({ invitedCount }) => invitedCount),
    ineligibleCount: total(({ ineligibleCount }) => ineligibleCount),
    respondentCount: total(({ respondentCount }) => respondentCount),
  };
}
