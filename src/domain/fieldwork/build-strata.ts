import {
  mergeSmallGroups,
  minimumStratumSize,
  nameStratum,
  soleSector,
  soleSize,
  sortCells,
  type Cell,
} from './strata';
import { sectors, sizes, type AnonymityLevel, type FrameUnit, type Stratum } from './types';

/**
 * Makes the strata that responses of a wave will carry. At the level fortrolig every sector x size cell of an
 * organisation is a stratum. At the level anonym cells of an organisation are merged until each stratum has at least
 * five invited, so that a stratum code never points at a few workplaces.
 * @param units the frame of the wave
 * @param level anonymity level promised to respondents
 * @returns strata by organisation, then canonical order; every cell with a unit is in exactly one
 */
export function buildStrata(units: readonly FrameUnit[], level: AnonymityLevel): readonly Stratum[] {
  const organisations = [...new Set(units.map(({ organisation }) => organisation))].sort();
  return organisations.flatMap((organisation) => {
    const own = units.filter((unit) => unit.organisation === organisation);
    const groups = listCells(own).map((cell) => ({ cells: [cell], count: countInvited(own, [cell]) }));
    const kept = level === 'fortrolig' ? groups : mergeSmallGroups(groups, minimumStratumSize);
    return kept.map(({ cells }): Stratum => {
      const inStratum = own.filter((unit) => isIn(unit, cells));
      return {
        code: nameStratum(organisation, cells),
        organisation,
        sector: soleSector(cells),
        size: soleSize(cells),
        cells,
        frameCount: inStratum.reduce((total, unit) => total + (unit.people?.frame ?? 1), 0),
        invitedCount: countInvited(own, cells),
      };
    });
  });
}

/**
 * Finds the stratum of a unit.
 * @param strata strata of the wave
 * @param unit a unit of the frame
 * @returns code of the stratum that holds the unit's cell
 * @throws RangeError when no stratum does
 */
export function stratumOfUnit(strata: readonly Stratum[], unit: FrameUnit): string {
  const found = strata.find(({ organisation, cells }) => organisation === unit.organisation && isIn(unit, cells));
  if (found === undefined) throw new RangeError(`unit ${unit.unit} is in no stratum`);
  return found.code;
}

function isIn(unit: FrameUnit, cells: readonly Cell[]): boolean {
  return cells.some(({ sector, size }) => sector === unit.sector && size === unit.size);
}

function countInvited(units: readonly FrameUnit[], cells: readonly Cell[]): number {
  return units
    .filter((unit) => unit.isInvited && isIn(unit, cells))
    .reduce((total, unit) => total + (unit.people?.invited ?? 1), 0);
}

function listCells(units: readonly FrameUnit[]): readonly Cell[] {
  const all = sectors.flatMap((sector) => sizes.map((size) => ({ sector, size })));
  return sortCells(all.filter((cell) => units.some((unit) => isIn(unit, [cell]))));
}
