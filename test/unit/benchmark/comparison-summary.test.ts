import { summariseComparison } from '../../../src/domain/benchmark/comparison-summary';
import type { ComparisonRow } from '../../../src/domain/benchmark/comparison-view';
import { fromRelease, isSuppressed, suppressed, type Publishable } from '../../../src/domain/disclosure/publishable';
import type { Verdict } from '../../../src/domain/benchmark/types';

const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

function shown<T extends object>(figure: T): Publishable<T> {
  const made = fromRelease({ releaseId: 'r', isSuppressed: false, figure });
  if (isSuppressed(made)) throw new RangeError('a stored figure is shown');
  return made;
}

function createRow(option: string, verdict: Verdict | null, differencePoints = 0): ComparisonRow {
  const estimate = shown({ n: 40, percent: 50 + differencePoints, lowPercent: 30, highPercent: 70, flags: [] });
  return {
    indicator: 'i',
    option,
    indicatorLabel: text,
    optionLabel: text,
    baseLabel: text,
    direction: 'none',
    own: verdict === null ? suppressed : estimate,
    rest: {
      estimate: shown({ n: 200, percent: 50, lowPercent: 45, highPercent: 55, flags: [] }),
      organisations: [],
    },
    members: [],
    baselines: [],
    beside: {
      comparator: 'rest=asker',
      absence: null,
      printed:
        verdict === null
          ? suppressed
          : shown({
              percent: 50,
              lowPercent: 45,
              highPercent: 55,
              isCoarse: false,
              n: 200,
              organisations: null,
              differencePoints,
              lowPoints: differencePoints - 10,
              highPoints: differencePoints + 10,
            }),
    },
    comparison: verdict === null ? suppressed : shown({ differencePoints, verdict }),
  };
}

describe('the summary of a comparison page', () => {
  const summary = summariseComparison([
    createRow('a', 'above', 12),
    createRow('b', 'below', -20),
    createRow('c', 'above', 9),
    createRow('d', 'no_clear_difference', 30),
    createRow('e', 'not_tested', 40),
    createRow('f', null),
  ]);

  it('counts every row once', () => {
    expect(summary).toMatchObject({
      rows: 6,
      above: 2,
      below: 1,
      noClearDifference: 1,
      notTested: 1,
      suppressed: 1,
    });
  });

  it('names the two largest clear differences, never one that is not clear, however large', () => {
    expect(summary.strongest.value).toEqual([
      expect.objectContaining({
        option: 'b',
        verdict: 'below',
        ownPercent: 30,
        comparatorPercent: 50,
        differencePoints: -20,
      }),
      expect.objectContaining({
        option: 'a',
        verdict: 'above',
        ownPercent: 62,
        comparatorPercent: 50,
        differencePoints: 12,
      }),
    ]);
  });

  it('says nothing where nothing is shown', () => {
    const empty = summariseComparison([createRow('a', null), createRow('b', null)]);
    expect(empty).toMatchObject({ rows: 2, above: 0, below: 0, noClearDifference: 0, notTested: 0, suppressed: 2 });
    expect(empty.strongest.value).toEqual([]);
  });
});
