import type { Context } from '../context';
import { selectReleaseEstimates } from '../db/release-figures';
import type { ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import { canSeeOrganisation } from '../domain/benchmark/visible-organisations';
import type { Group } from '../domain/benchmark/types';
import { declareLattice } from '../domain/disclosure/lattice';
import type { Actor } from '../domain/permissions';
import type { Results } from './load-results';

/**
 * Lists the groups of a release whose figures an actor may have.
 * @param actor who asks
 * @param results a released wave
 * @returns groups in the order of the lattice; in a closed network members get their own groups and common totals
 */
export function listVisibleGroups(actor: Actor, { wave, release }: Results): readonly Group[] {
  const ids = new Map(wave.organisations.map(({ id, key }) => [key, id]));
  return declareLattice(release.lattice).filter(({ organisation, rest }) => {
    const owner = organisation ?? rest;
    if (owner === null) return true;
    const organisationId = ids.get(owner);
    if (organisationId === undefined) return false;
    return canSeeOrganisation(actor, { networkId: wave.network.id, organisationId }, release.policy.isOpenNetwork);
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
