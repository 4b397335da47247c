import fc from 'fast-check';
import type { DesignCell } from '../../../src/domain/statistics/types';
import { collapseVarianceStrata } from '../../../src/domain/statistics/variance-strata';
import { arbitraryWave } from './arbitrary-design';

function cell(code: string, respondentCount: number): DesignCell {
  const [organisation = '', sector = ''] = code.split('/');
  const counts = { frameCount: 20, invitedCount: 20, ineligibleCount: 0, respondentCount };
  return { stratum: code, organisation, sector: sector === '' ? null : sector, ...counts };
}

function collapse(counts: Record<string, number>): string[] {
  const cells = Object.entries(counts).map(([code, count]) => cell(code, count));
  return collapseVarianceStrata(cells).groups.map((group) => group.map((member) => member.stratum).join(' + '));
}

test('cells with two respondents stay alone', () => {
  expect(collapse({ 'a/x/S': 2, 'a/x/M': 3, 'a/x/L': 2 })).toEqual(['a/x/S', 'a/x/M', 'a/x/L']);
});

test('a small cell joins the next larger size of its sector', () => {
  expect(collapse({ 'a/x/S': 1, 'a/x/M': 3, 'a/x/L': 2 })).toEqual(['a/x/S + a/x/M', 'a/x/L']);
  expect(collapse({ 'a/x/S': 4, 'a/x/M': 0, 'a/x/L': 2 })).toEqual(['a/x/S', 'a/x/M + a/x/L']);
});

test('the largest size joins the next smaller', () => {
  expect(collapse({ 'a/x/S': 4, 'a/x/M': 3, 'a/x/L': 1 })).toEqual(['a/x/S', 'a/x/M + a/x/L']);
});

test('merging goes on until two respondents are reached', () => {
  expect(collapse({ 'a/x/S': 0, 'a/x/M': 1, 'a/x/L': 5 })).toEqual(['a/x/S + a/x/M + a/x/L']);
  expect(collapse({ 'a/x/S': 1, 'a/x/M': 1, 'a/x/L': 5 })).toEqual(['a/x/S + a/x/M', 'a/x/L']);
});

test('a sector that stays small joins the next sector, the last one the previous', () => {
  expect(collapse({ 'a/x/S': 1, 'a/y/S': 2, 'a/y/M': 2 })).toEqual(['a/x/S + a/y/S', 'a/y/M']);
  expect(collapse({ 'a/x/S': 2, 'a/x/M': 2, 'a/y/S': 1 })).toEqual(['a/x/S', 'a/x/M + a/y/S']);
});

test('sizes merge within their sector before sectors merge', () => {
  expect(collapse({ 'a/x/S': 5, 'a/x/L': 1, 'a/y/S': 1, 'a/y/L': 5 })).toEqual(['a/x/S + a/x/L', 'a/y/S + a/y/L']);
});

test('sectors are taken alphabetically and the sectorless last, however they are given', () => {
  expect(collapse({ 'a//S': 1, 'a/y/S': 1, 'a/x/S': 2 })).toEqual(['a/x/S', 'a/y/S + a//S']);
});

test('organisations are never merged; one respondent gives no variance', () => {
  const cells = [cell('a/x/S', 1), cell('b/x/S', 1), cell('b/x/M', 1), cell('c/x/S', 0)];
  const result = collapseVarianceStrata(cells);
  expect(result.groups).toEqual([[cells[1], cells[2]]]);
  expect(result.organisationsWithoutVariance).toEqual(['a', 'c']);
});

test('every cell is in exactly one group of its own organisation, and every group has two respondents', () => {
  fc.assert(
    fc.property(arbitraryWave, ({ cells }) => {
      const result = collapseVarianceStrata(cells);
      const left = cells.filter((member) => result.organisationsWithoutVariance.includes(member.organisation));
      const all = [...result.groups.flat(), ...left].map((member) => member.stratum);
      expect(all.sort()).toEqual(cells.map((member) => member.stratum).sort());
      for (const group of result.groups) {
        expect(new Set(group.map((member) => member.organisation)).size).toBe(1);
        expect(group.reduce((total, member) => total + member.respondentCount, 0)).toBeGreaterThanOrEqual(2);
      }
    }),
  );
});
