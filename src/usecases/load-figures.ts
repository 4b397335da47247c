import type { Context } from '../context';
import { selectReleaseEstimates } from '../db/release-figures';
import type { ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import type { Group } from '../domain/benchmark/types';
import { declareLattice } from '../domain/disclosure/lattice';
import type { Actor } from '../domain/permissions';
import { isOrganisationVisible, type Results } from './load-results';

/**
 * Lists the groups of a release whose figures an actor may have.
 * @param actor who asks
 * @param results a released wave
 * @returns groups in the order of the lattice; in a closed network members get their own groups and common totals
 */
export function listVisibleGroups(actor: Actor, results: Results): readonly Group[] {
  const { wave, release } = results;
  const ids = new Map(wave.organisations.map(({ id, key }) => [key, id]));
  return declareLattice(release.lattice).filter(({ organisation, rest }) => {
    const owner = organisation ?? rest;
    if (owner === null) return true;
    const organisationId = ids.get(owner);
    return organisationId !== undefined && isOrganisationVisible(actor, results, organisationId);
  });
}

/**
 * Reads all figures of some groups.
 * @param context the process' context
 * @param results a released wave
 * @param groups groups of its lattice
 * @returns rows in the order of the groups, then of the codebook
 */
export async function loadFigures(
  context: Context,
  { release, codebook }: Results,
  groups: readonly Group[],
): Promise<readonly ReleaseEstimateRow[]> {
  const rows = await selectReleaseEstimates(context.db, {
    releaseId: release.id,
    groups: groups.map(({ key }) => key),
  });
  const known = new Map(rows.map((row) => [`${row.group}/${row.indicator}/${row.option}`, row]));
  return groups.flatMap(({ key }) =>
    codebook.indicators.flatMap((indicator) =>
      indicator.options.flatMap((option) => known.get(`${key}/${indicator.id}/${option.id}`) ?? []),
    ),
  );
}
