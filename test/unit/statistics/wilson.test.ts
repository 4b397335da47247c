import { wilsonInterval } from '../../../src/domain/statistics/wilson';
import { expectWithin, numberIn, readTable } from './reference';

test.each(readTable('wilson.csv'))('$x of $n as R prop.test without continuity correction', (row) => {
  const interval = wilsonInterval(numberIn(row, 'x') / numberIn(row, 'n'), numberIn(row, 'n'));
  expectWithin(interval.low, numberIn(row, 'low'), 1e-12);
  expectWithin(interval.high, numberIn(row, 'high'), 1e-12);
});

test('an infinite sample leaves no doubt', () => {
  expect(wilsonInterval(0.3, Infinity)).toEqual({ low: 0.3, high: 0.3 });
});
