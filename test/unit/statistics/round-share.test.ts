import { roundShare } from '../../../src/domain/statistics/round-share';

test.each([
  [0, 0],
  [1, 100],
  [0.4949, 49],
  [0.145, 15],
  [0.285, 29],
  [-0.285, -29],
  [-0.001, 0],
  [2 / 3, 67],
])('%d is shown as %d per cent', (share, percent) => {
  expect(roundShare(share)).toBe(percent);
});
