import type { DispositionCounts } from '../../statistics/response-rates';
import type { Sector, SizeClass } from '../types';

/** Where invitations are in a wave, by what is known of them on a day. Nothing about answers. */
export interface FieldworkCounts {
  readonly invited: number;
  /** Mails that the receiving server took; 0 where links were handed out in another way. */
  readonly mailed: number;
  readonly opened: number;
  /** Begun, sent ones among them. */
  readonly started: number;
  /** Handed in. */
  readonly answered: number;
  /** R: declined; from closing on also begun and never sent, or taken back. */
  readonly refused: number;
  /** NC, known from closing on: never begun. */
  readonly notContacted: number;
  readonly other: number;
  /** UE: mail that could not be delivered. */
  readonly undeliverable: number;
  /** NE: not part of the population. */
  readonly ineligible: number;
}

/** The finest cell of a frame, sector x size of one organisation, with its invitations. */
export interface BoardCell extends FieldworkCounts {
  readonly organisation: string;
  readonly sector: Sector;
  readonly size: SizeClass;
  /** Invited units, fixed when the wave opens; what may be shown depends on these alone. */
  readonly invitedUnits: number;
}

/**
 * Adds counts.
 * @param parts disjoint sets of invitations
 * @returns the counts of all of them
 */
export function sumCounts(parts: readonly FieldworkCounts[]): FieldworkCounts {
  const total = (name: keyof FieldworkCounts): number => parts.reduce((sum, part) => sum + part[name], 0);
  return {
    invited: total('invited'),
    mailed: total('mailed'),
    opened: total('opened'),
    started: total('started'),
    answered: total('answered'),
    refused: total('refused'),
    notContacted: total('notContacted'),
    other: total('other'),
    undeliverable: total('undeliverable'),
    ineligible: total('ineligible'),
  };
}

/**
 * Invitations that could have been answered: all but those found not to belong to the population.
 * @param counts counts of a group
 */
export function countEligible({ invited, ineligible }: Pick<FieldworkCounts, 'invited' | 'ineligible'>): number {
  return invited - ineligible;
}

/**
 * Counts by AAPOR outcome. While a wave is open nobody who has not answered has been given up: they count as not
 * contacted, so that RR2 is the share answered so far.
 * @param counts counts of a group
 * @param complete complete responses among the answered; null: not told apart, all taken as complete
 */
export function toDispositions(counts: FieldworkCounts, complete: number | null): DispositionCounts {
  const { invited, answered, refused, other, undeliverable, ineligible } = counts;
  return {
    I: complete ?? answered,
    P: answered - (complete ?? answered),
    R: refused,
    NC: invited - answered - refused - other - undeliverable - ineligible,
    O: other,
    UE: undeliverable,
    NE: ineligible,
  };
}
