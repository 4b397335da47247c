import type { WaveAnswers } from './compare-waves';

/**
 * One line of the crosswalk: from a date on, an organisation's units belong to another one. A split has several lines.
 */
export interface OrganisationChange {
  readonly from: string;
  readonly to: string;
  /** ISO date on which it took effect. */
  readonly date: string;
}

/** The period between two waves, ISO dates. */
export interface Period {
  readonly after: string;
  readonly until: string;
}

/** Organisations of an earlier wave on later boundaries. */
export interface JoinedOrganisations {
  /** Earlier key to later key; unchanged organisations are listed with themselves. */
  readonly currentOf: ReadonlyMap<string, string>;
  /** Earlier organisations that were split, and later ones with a part of them: never compared across the two waves. */
  readonly incomparable: ReadonlySet<string>;
}

function followChanges(start: string, changes: readonly OrganisationChange[]): string[] {
  let ends = [start];
  for (const date of new Set(changes.map((change) => change.date))) {
    const current = changes.filter((change) => change.date === date);
    ends = ends.flatMap((end) => {
      const next = current.filter((change) => change.from === end).map((change) => change.to);
      return next.length === 0 ? [end] : next;
    });
  }
  return [...new Set(ends)];
}

/**
 * Maps organisations of an earlier wave to the boundaries of a later one. Mergers are unions of old strata; what was
 * split in between, and not put together again, cannot be recomputed and is named as incomparable.
 * Source: unions of strata on later boundaries, statistics.md 1.7.
 * @param organisations - keys in the earlier wave
 * @param changes - dated crosswalk, in any order
 * @param period - changes after the first and up to the second date count
 * @returns later keys and the incomparable ones
 */
export function joinOrganisations(
  organisations: readonly string[],
  changes: readonly OrganisationChange[],
  { after, until }: Period,
): JoinedOrganisations {
  const current = changes
    .filter(({ date }) => date > after && date <= until)
    .sort((first, second) => (first.date < second.date ? -1 : 1));
  const currentOf = new Map<string, string>();
  const incomparable = new Set<string>();
  for (const organisation of organisations) {
    const [first = organisation, ...others] = followChanges(organisation, current);
    if (others.length === 0) currentOf.set(organisation, first);
    else for (const key of [organisation, first, ...others]) incomparable.add(key);
  }
  return { currentOf, incomparable };
}

/**
 * The earlier wave with its organisations named as in the later one.
 * Source: unions of strata on later boundaries, statistics.md 1.7.
 * @param wave - earlier wave
 * @param joined - crosswalk between the two waves
 * @returns the wave on later boundaries; split organisations keep their name and are left out by `leaveOutIncomparable`
 */
export function renameOrganisations(wave: WaveAnswers, joined: JoinedOrganisations): WaveAnswers {
  return {
    ...wave,
    organisationOf: wave.organisationOf.map((organisation) => joined.currentOf.get(organisation) ?? organisation),
  };
}

/**
 * A wave on later boundaries without the answers of organisations that cannot be compared; for both waves alike.
 * Source: no comparison across a split, statistics.md 1.7.
 * @param wave - later wave, or earlier wave after `renameOrganisations`
 * @param joined - crosswalk between the two waves
 * @returns the wave as `compareWaves` takes it
 */
export function leaveOutIncomparable(wave: WaveAnswers, joined: JoinedOrganisations): WaveAnswers {
  const { inDomain, y } = wave.answers;
  const isComparable = (organisation: string) => !joined.incomparable.has(organisation);
  return {
    ...wave,
    answers: {
      inDomain: wave.organisationOf.map((organisation, at) => Boolean(inDomain[at]) && isComparable(organisation)),
      y,
    },
  };
}
