import type { ReleaseEstimate } from '../../../src/domain/benchmark/types';
import { fromRelease, suppressed } from '../../../src/domain/disclosure/publishable';
import { buildEstimateRecords, writeEstimatesCsv } from '../../../src/formats/estimates-table';

const address = { group: 'organisation=asker;sector=health', indicator: 'innovative', option: 'yes' };
const figure: ReleaseEstimate = {
  ...address,
  n: 40,
  share: 0.66549,
  se: 0.0512345,
  seNoFpc: 0.0612345,
  df: 38,
  low: 0.56499,
  high: 0.765,
  flags: ['unreliable', 'variable_weights'],
};

function rowsOf(changed: Partial<ReleaseEstimate> = {}) {
  const estimate = fromRelease({ releaseId: 'r', isSuppressed: false, figure: { ...figure, ...changed } });
  return [{ ...address, estimate }];
}

describe('rows of estimates', () => {
  it('carry whole per cent and no standard error below 1000 answers', () => {
    expect(buildEstimateRecords(rowsOf(), 'rounded')).toEqual([
      {
        ...address,
        n: 40,
        share: 0.67,
        se: null,
        se_nofpc: null,
        df: null,
        low: 0.56,
        high: 0.77,
        flags: ['unreliable', 'variable_weights'],
        suppressed: false,
      },
    ]);
  });

  it('carry standard errors from 1000 answers on', () => {
    expect(buildEstimateRecords(rowsOf({ n: 1000 }), 'rounded')).toEqual([
      expect.objectContaining({ share: 0.67, se: 0.051, se_nofpc: 0.061, df: 38 }),
    ]);
    expect(buildEstimateRecords(rowsOf({ n: 999 }), 'rounded')).toEqual([expect.objectContaining({ se: null })]);
  });

  it('keep every digit in full precision', () => {
    expect(buildEstimateRecords(rowsOf(), 'full')).toEqual([
      expect.objectContaining({ share: 0.66549, se: 0.0512345, se_nofpc: 0.0612345, df: 38, low: 0.56499 }),
    ]);
  });

  it('of suppressed figures are empty at any precision', () => {
    for (const precision of ['full', 'rounded'] as const) {
      const records = buildEstimateRecords([{ ...address, estimate: suppressed }], precision);
      expect(Object.values(records[0] ?? {}).filter((value) => value !== null)).toEqual([
        'organisation=asker;sector=health',
        'innovative',
        'yes',
        true,
      ]);
    }
  });

  it('become the CSV columns of the contract', () => {
    const rows = [...rowsOf(), { ...address, estimate: suppressed }];
    expect(writeEstimatesCsv(buildEstimateRecords(rows, 'rounded')).trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^"?group"?,"?indicator"?,"?option"?,"?n"?,"?share"?,"?se"?,"?se_nofpc"?,"?df"?,"?low"?,"?high"?,"?flags"?,"?suppressed"?$/,
      ),
      'organisation=asker;sector=health,innovative,yes,40,0.67,,,,0.56,0.77,unreliable;variable_weights,0',
      'organisation=asker;sector=health,innovative,yes,,,,,,,,,1',
    ]);
  });
});
