import { buildBaselineCatalogue, type BaselineFile } from '../../../src/domain/benchmark/baselines';
import { loadBaselines } from '../../../src/platform/load-baselines';
import { AppError } from '../../../src/errors';

const good = {
  indicator_id: 'innovative_workplaces_share',
  indicator_en: 'Share',
  indicator_no: 'Andel',
  round: '4',
  period: '2021-2023',
  population: 'all public workplaces',
  base: 'all workplaces',
  option_id: 'any',
  option_en: 'Any',
  value: '83',
  unit: 'percent',
  n: '1611',
  source_title: 'CO-PI',
  source_url: 'https://co-pi.dk/',
  source_excerpt: '83 procent',
  confidence: 'high',
};

function file(...records: readonly Record<string, string>[]): BaselineFile {
  return {
    baseline: 'denmark',
    file: 'baselines/denmark.csv',
    text: JSON.stringify(records),
    records: records.map((record, index) => ({ line: index + 2, record })),
  };
}

function faultsOf(...records: readonly Record<string, string>[]) {
  const built = buildBaselineCatalogue([file(...records)]);
  return 'faults' in built ? built.faults : [];
}

function toCsv(records: readonly Record<string, string>[]): string {
  const columns = Object.keys(good);
  const lines = records.map((record) => columns.map((column) => `"${record[column] ?? ''}"`).join(','));
  return [columns.join(','), ...lines].join('\n');
}

describe('baseline files', () => {
  it('keeps every column of a correct row and turns value and n into numbers', () => {
    const built = buildBaselineCatalogue([file(good)]);
    expect('catalogue' in built && built.catalogue.rows.get('denmark')).toEqual([{ ...good, value: 83, n: 1611 }]);
  });

  it.each([
    ['value', '83,5'],
    ['value', ''],
    ['value', '101'],
    ['value', '-1'],
    ['unit', 'per cent'],
    ['n', 'about 100'],
    ['period', 'recently'],
    ['population', ''],
    ['base', ' '],
    ['source_title', ''],
    ['source_url', ''],
    ['source_url', 'javascript:alert(1)'],
    ['confidence', 'none'],
  ])('refuses %s = "%s" and names line and column', (column, value) => {
    expect(faultsOf(good, { ...good, round: '3', [column]: value })).toEqual([
      expect.objectContaining({ file: 'baselines/denmark.csv', line: 3, column }),
    ]);
  });

  it('allows numbers that are not shares to be larger than 100', () => {
    expect(faultsOf({ ...good, unit: 'number', value: '1611' })).toEqual([]);
  });

  it('refuses the same figure twice, an unknown column and an empty file', () => {
    expect(faultsOf(good, { ...good, value: '84' })).toEqual([
      expect.objectContaining({ line: 3, message: 'same figure as on line 2' }),
    ]);
    expect(faultsOf({ ...good, comment: 'x' })).toEqual([expect.objectContaining({ line: 2, column: 'comment' })]);
    expect(faultsOf()).toHaveLength(1);
  });

  it('hashes the text of all files whatever order they come in', () => {
    const other = { ...file({ ...good, round: '3' }), baseline: 'norway', file: 'baselines/norway.csv' };
    const hashOf = (files: readonly BaselineFile[]) => {
      const built = buildBaselineCatalogue(files);
      return 'catalogue' in built ? built.catalogue.sha256 : null;
    };
    expect(hashOf([file(good), other])).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf([file(good), other])).toBe(hashOf([other, file(good)]));
    expect(hashOf([file(good), other])).not.toBe(hashOf([file({ ...good, value: '84' }), other]));
  });
});

describe('loading baselines at start', () => {
  const reader = (text: string) => ({
    list: () => Promise.resolve(['README.md', 'denmark.csv']),
    read: () => Promise.resolve(text),
  });

  it('reads the csv files of the folder', async () => {
    const catalogue = await loadBaselines(reader(toCsv([good])));
    expect(catalogue.rows.get('denmark')).toHaveLength(1);
  });

  it('stops on a faulty row with its file and line, also after a line break inside a cell', async () => {
    const text = toCsv([
      { ...good, source_excerpt: 'two\nlines' },
      { ...good, round: '3', value: 'x' },
    ]);
    const failure: unknown = await loadBaselines(reader(text)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure instanceof AppError && failure.details.faults).toEqual([
      expect.objectContaining({ file: 'baselines/denmark.csv', line: 4, column: 'value' }),
    ]);
  });

  it('stops on a row with a missing cell', async () => {
    const failure: unknown = await loadBaselines(reader(`${toCsv([good])}\n"a","b"`)).catch((error: unknown) => error);
    expect(failure instanceof AppError && failure.details.faults).toEqual([expect.objectContaining({ line: 3 })]);
  });
});
