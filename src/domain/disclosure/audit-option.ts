import type { FollowUp, OptionAnswers } from './audit-rows';
import type { GroupSet } from './respondent-sets';
import type { Atom } from './types';

/** Answers to a question that is asked because of the answers to this one. */
export type AskedAfter = Pick<FollowUp, 'valid' | 'isCounted' | 'published'>;

/**
 * Puts together what is true of one option, for the attack on it.
 * @param source cells with their answers, published groups, questions asked because of the answers, and which option.
 * @returns its answers, the figures of the groups, and the questions that those who gave it, or did not, were asked.
 */
export function describeOption(source: {
  readonly atoms: readonly Atom[];
  readonly published: readonly GroupSet[];
  readonly followUps: readonly AskedAfter[];
  readonly option: number;
}): OptionAnswers {
  const { atoms, published, followUps, option } = source;
  const given = atoms.map((atom) => atom.optionCounts[option] ?? 0);
  const figures = published.map(({ group, columns }) => {
    let [weight, total] = [0, 0];
    for (const column of columns) {
      const { weight: each = 1, validCount = 0 } = atoms[column] ?? {};
      weight += each * validCount;
      total += each * (given[column] ?? 0);
    }
    return [group.key, { weight, share: total / weight }] as const;
  });
  const others = atoms.map(({ validCount }, column) => validCount - (given[column] ?? 0));
  const askedOf = (asked: readonly number[], isOfOthers: boolean): readonly FollowUp[] =>
    followUps
      .filter(({ valid, isCounted }) =>
        valid.every((count, column) => isCounted[column] !== true || count <= (asked[column] ?? 0)),
      )
      .map((one) => ({ ...one, isOfOthers }));
  return {
    atoms,
    given,
    figures: new Map(figures),
    followUps: [...askedOf(given, false), ...askedOf(others, true)],
  };
}
