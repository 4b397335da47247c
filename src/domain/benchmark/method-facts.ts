import type { NamedOrganisation } from './comparison-view';
import type { Participation, ParticipationCount } from './participation';
import type { ReleaseLattice } from './release-figures';
import type { ReleaseStratum } from './release-strata';

/** How many a release speaks for; organisations with too few invited for their counts to be told are not counted. */
export interface Coverage extends ParticipationCount {
  /** Units in the frame, invited or not. */
  readonly frame: number;
  /** How many units of the target group an answer stands for on average; null without answers. */
  readonly unitsPerAnswer: number | null;
}

/** An organisation that some of the network's totals do without. */
export interface LeftOut {
  readonly name: string;
  /** Indicators whose totals it is not part of. */
  readonly indicators: number;
}

/**
 * Tells how many the answers of a wave stand for.
 * Source: mean of the weights, statistics.md 1.2: the eligible of a stratum are N_h times the eligible part of those invited.
 * @param strata strata of the wave
 * @param participation counts of the release, which name the organisations that are told of
 */
export function describeCoverage(strata: readonly ReleaseStratum[], participation: Participation): Coverage {
  const told = strata.filter(({ organisation }) => Object.hasOwn(participation.organisations, organisation));
  const frame = told.reduce((sum, { frameCount }) => sum + frameCount, 0);
  const eligible = told.reduce((sum, stratum) => sum + countEligible(stratum), 0);
  const { answered } = participation.total;
  return { ...participation.total, frame, unitsPerAnswer: answered === 0 ? null : eligible / answered };
}

function countEligible({ frameCount, invitedCount, ineligibleCount }: ReleaseStratum): number {
  return invitedCount === 0 ? 0 : (frameCount * (invitedCount - ineligibleCount)) / invitedCount;
}

/**
 * Lists the organisations that the network's totals do without for want of answers, as every page names those behind its
 * totals.
 * @param lattice organisations of the wave, and those behind the totals of every indicator
 * @param organisations every organisation by key and name
 * @returns organisations in the given order that are missing from at least one indicator
 */
export function listLeftOut(
  { organisations: declared, contributors }: Pick<ReleaseLattice, 'organisations' | 'contributors'>,
  organisations: readonly NamedOrganisation[],
): readonly LeftOut[] {
  const totals = Object.values(contributors);
  return organisations
    .filter(({ key }) => declared.includes(key))
    .map(({ key, name }) => ({ name, indicators: totals.filter((keys) => !keys.includes(key)).length }))
    .filter(({ indicators }) => indicators > 0);
}
