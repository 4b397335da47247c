import type { Group } from '../../benchmark/types';
import { sumCounts, type BoardCell, type FieldworkCounts } from './counts';
import { cellsOfGroup } from './groups';

/** What became of the invitations of a group, as it is kept when a wave closes. */
export interface GroupOutcome extends Omit<FieldworkCounts, 'mailed' | 'opened' | 'started'> {
  readonly organisation: string | null;
  readonly sector: string | null;
  readonly size: string | null;
  /** Complete and partial responses among the answered; null for parts of an organisation or of the network. */
  readonly complete: number | null;
  readonly partial: number | null;
}

/** Responses that lie in the ballot box when it is sealed, by organisation. */
export type KeptResponses = ReadonlyMap<string, { readonly complete: number; readonly partial: number }>;

/**
 * Works out what is kept of a wave's fieldwork. Of an organisation and of the network it is known which responses are
 * complete, and what was taken back counts as refused: there is nothing to count it by any more. Parts of them keep what
 * was handed in, for a response tells its stratum alone.
 * @param cells cells with the final outcome of every invitation
 * @param groups what the board shows
 * @param kept responses by organisation
 * @returns one row a group
 */
export function countOutcomes(
  cells: readonly BoardCell[],
  groups: readonly Group[],
  kept: KeptResponses,
): readonly GroupOutcome[] {
  return groups.map((group) => {
    const own = cellsOfGroup(cells, groups, group);
    const counts = sumCounts(own);
    if (group.sector !== null || group.size !== null) return toOutcome(group, counts, null);
    const organisations = [...new Set(own.map(({ organisation }) => organisation))];
    return toOutcome(group, counts, {
      complete: organisations.reduce((sum, organisation) => sum + (kept.get(organisation)?.complete ?? 0), 0),
      partial: organisations.reduce((sum, organisation) => sum + (kept.get(organisation)?.partial ?? 0), 0),
    });
  });
}

function toOutcome(
  { organisation, sector, size }: Group,
  counts: FieldworkCounts,
  responses: { readonly complete: number; readonly partial: number } | null,
): GroupOutcome {
  const { invited, notContacted, other, undeliverable, ineligible } = counts;
  const answered = responses === null ? counts.answered : responses.complete + responses.partial;
  return {
    organisation,
    sector,
    size,
    invited,
    answered,
    refused: counts.refused + counts.answered - answered,
    notContacted,
    other,
    undeliverable,
    ineligible,
    complete: responses?.complete ?? null,
    partial: responses?.partial ?? null,
  };
}
