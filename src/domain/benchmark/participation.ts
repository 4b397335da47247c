import { z } from 'zod';
import type { ReleaseStratum } from './release-strata';

const participationCountSchema = z.strictObject({
  invited: z.int(),
  /** Invited less those known to be ineligible: those who could have answered. */
  eligible: z.int(),
  answered: z.int(),
  /** Answered of the eligible invited (AAPOR RR2), 0-1; null when nobody eligible was invited. */
  responseRate: z.number().nullable(),
});

export const participationSchema = z.strictObject({
  total: participationCountSchema,
  /** By organisation key; organisations with fewer invited than the wave's smallest group are left out, here and in the total. */
  organisations: z.record(z.string(), participationCountSchema),
});

export type ParticipationCount = Readonly<z.infer<typeof participationCountSchema>>;
export type Participation = Readonly<z.infer<typeof participationSchema>>;

/**
 * How many were invited and answered, per organisation and in all.
 * Source: AAPOR Standard Definitions, RR2 = (I + P) / (I + P + R + NC + O + UE).
 * @param strata strata of the wave
 * @param respondents responses per stratum, same order
 * @param minimumCellSize smallest number of invited whose counts are told
 */
export function countParticipation(
  strata: readonly ReleaseStratum[],
  respondents: Int32Array,
  minimumCellSize: number,
): Participation {
  const indices = strata.map((_, index) => index);
  const count = (own: readonly number[]): ParticipationCount => {
    const invited = total(own, (index) => strata[index]?.invitedCount);
    const eligible = invited - total(own, (index) => strata[index]?.ineligibleCount);
    const answered = total(own, (index) => respondents[index]);
    return { invited, eligible, answered, responseRate: eligible === 0 ? null : answered / eligible };
  };
  const organisations = [...new Set(strata.map((stratum) => stratum.organisation))].sort();
  const told = organisations
    .map((organisation) => ({ organisation, own: indices.filter((at) => strata[at]?.organisation === organisation) }))
    .filter(({ own }) => count(own).invited >= minimumCellSize);
  return {
    total: count(told.flatMap(({ own }) => own)),
    organisations: Object.fromEntries(told.map(({ organisation, own }) => [organisation, count(own)])),
  };
}

/**
 * Tells whether the same invited and answering are behind two releases of a wave. Responses of a closed wave can only
 * become fewer, so equal counts are the same people; organisations whose counts are not told are in no figure.
 * @param earlier participation as a release stored it
 * @param now participation of today, with the smallest number of invited of that release
 */
export function isSameParticipation(earlier: Participation, now: Participation): boolean {
  const describe = ({ total: all, organisations }: Participation): string =>
    JSON.stringify(
      [...Object.entries(organisations), ['', all] as const]
        .map(([key, { invited, eligible, answered }]) => [key, invited, eligible, answered])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return describe(earlier) === describe(now);
}

function total(indices: readonly number[], valueAt: (index: number) => number | undefined): number {
  return indices.reduce((sum, index) => sum + (valueAt(index) ?? 0), 0);
}
