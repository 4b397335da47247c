import fc from 'fast-check';
import { limitsToShow, minimumCountForDesign } from '../../../src/domain/benchmark/limits-to-show';
import { roundShare } from '../../../src/domain/statistics/round-share';

describe('the interval that leaves the server', () => {
  it('is the computed one when there are enough answers', () => {
    const estimate = { n: minimumCountForDesign, share: 0.5, low: 0.4, high: 0.6, flags: [] };
    expect(limitsToShow(estimate)).toEqual({ low: 0.4, high: 0.6 });
  });

  it('tells nothing but the printed share and n when there are few', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: minimumCountForDesign - 1 }),
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: -0.0049, max: 0.0049, noNaN: true }),
        (n, percent, off) => {
          const share = Math.min(1, Math.max(0, percent / 100 + off));
          fc.pre(roundShare(share) === percent);
          expect(limitsToShow({ n, share, low: share, high: share, flags: [] })).toEqual(
            limitsToShow({ n, share: percent / 100, low: 0, high: 1, flags: [] }),
          );
        },
      ),
    );
  });

  it('is Wilson’s: 5 of 10 gives 24 to 76 per cent', () => {
    const { low, high } = limitsToShow({ n: 10, share: 0.5, low: 0.5, high: 0.5, flags: [] });
    expect([roundShare(low), roundShare(high)]).toEqual([24, 76]);
  });

  it('is Clopper and Pearson’s where the network has chosen wider ones: 5 of 10 gives 19 to 81 per cent', () => {
    const { low, high } = limitsToShow({ n: 10, share: 0.5, low: 0.5, high: 0.5, flags: ['conservative'] });
    expect([roundShare(low), roundShare(high)]).toEqual([19, 81]);
  });

  it('is never of zero width where not everybody gave the same answer', () => {
    const { low, high } = limitsToShow({ n: 9, share: 1 / 9, low: 1 / 9, high: 1 / 9, flags: [] });
    expect(high - low).toBeGreaterThan(0.2);
  });
});
