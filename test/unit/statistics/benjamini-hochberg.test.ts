import fc from 'fast-check';
import { adjustForFalseDiscovery } from '../../../src/domain/statistics/benjamini-hochberg';
import { expectWithin, readTable } from './reference';

test('the example of Benjamini and Hochberg (1995) rejects four of fifteen', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const q = adjustForFalseDiscovery(p);
  expect(q.filter((value) => value !== null && value <= 0.05)).toHaveLength(4);
  expect(q.slice(0, 4)).toEqual([
    expect.closeTo(0.0015, 10),
    expect.closeTo(0.003, 10),
    expect.closeTo(0.0095, 10),
    expect.closeTo(0.035625, 10),
  ]);
});

test('as R p.adjust, with missing values and ties', () => {
  const table = readTable('benjamini-hochberg.csv');
  const names = [...new Set(table.map((row) => row['family']))];
  const families = names.map((name) => table.filter((row) => row['family'] === name));
  expect(families).toHaveLength(40);
  for (const rows of families) {
    const q = adjustForFalseDiscovery(rows.map((row) => (row['p'] === '' ? null : Number(row['p']))));
    rows.forEach((row, index) => {
      const value = q[index] ?? null;
      if (value === null) expect(row['q']).toBe('');
      else expectWithin(value, Number(row['q'] === '' ? NaN : row['q']), 1e-12);
    });
  }
});

test('adjusting never lowers a value, keeps the order, and equal values stay equal', () => {
  const values = fc.array(fc.option(fc.constantFrom(0, 0.001, 0.01, 0.02, 0.04, 0.2, 0.5, 1)), { maxLength: 30 });
  fc.assert(
    fc.property(values, (p) => {
      const q = adjustForFalseDiscovery(p);
      const tested = p.flatMap((value, index) => (value === null ? [] : [{ p: value, q: q[index] ?? NaN }]));
      expect(q.filter((value) => value === null)).toHaveLength(p.length - tested.length);
      for (const first of tested) {
        expect(first.q).toBeGreaterThanOrEqual(first.p);
        expect(first.q).toBeLessThanOrEqual(1);
        for (const second of tested) {
          if (first.p === second.p) expect(first.q).toBe(second.q);
          if (first.p < second.p) expect(first.q).toBeLessThanOrEqual(second.q);
        }
      }
    }),
  );
});
