import type { ChosenComparator } from '../../../../src/domain/benchmark/comparison-view';
import { AppError } from '../../../../src/errors';
import { readComparisonQuery, writeComparisonQuery } from '../../../../src/http/pages/results/comparison-query';

test.each([
  [{}, 'none', undefined],
  [{ gruppe: '' }, 'none', undefined],
  [{ gruppe: 'health' }, 'sector', 'health'],
  [{ gruppe: 'S' }, 'size', 'S'],
  [{ inndeling: 'ingen', gruppe: 'health' }, 'none', 'health'],
  [{ inndeling: 'sektor' }, 'sector', undefined],
  [{ inndeling: 'storrelse', gruppe: 'M' }, 'size', 'M'],
])('%j asks for breakdown %s %s', (query, breakdown, breakdownValue) => {
  expect(readComparisonQuery('w', query).input).toMatchObject({ waveKey: 'w', breakdown, breakdownValue });
});

test('another round is told apart from the one of the address', () => {
  expect(readComparisonQuery('2024', { runde: '2024' }).otherWave).toBeNull();
  expect(readComparisonQuery('2024', { runde: '2022' }).otherWave).toBe('2022');
});

test.each([
  { tema: ['a', 'b'] },
  { mot: 'alle' },
  { mot: ['snitt', 'resten'] },
  { inndeling: 'kommune' },
  { gruppe: 'x'.repeat(101) },
])('%j is refused', (query) => {
  expect(() => readComparisonQuery('w', query)).toThrow(AppError);
});

test.each<[string, ChosenComparator, object]>([
  ['', { kind: 'rest' }, { kind: 'rest' }],
  ['nettverket', { kind: 'network' }, { kind: 'network' }],
  ['snitt', { kind: 'organisations' }, { kind: 'organisations' }],
  ['forrige', { kind: 'wave' }, { kind: 'wave' }],
  ['publisert', { kind: 'baseline' }, { kind: 'baseline' }],
  [
    'medlem-nordre-follo',
    { kind: 'organisation', organisation: { key: 'nordre-follo', name: 'Nordre Follo' } },
    { kind: 'organisation', organisationKey: 'nordre-follo' },
  ],
])('what is written is read back the same, compared with "%s"', (slug, comparator, wish) => {
  const theme = {
    id: 'activity',
    label: { nb: '', nn: '', en: '', da: '' },
    description: { nb: '', nn: '', en: '', da: '' },
  };
  const organisation = { key: 'asker', name: 'Asker', kind: 'municipality' } as const;
  const text = writeComparisonQuery({
    organisation,
    theme,
    breakdown: { dimension: 'sector', value: 'health' },
    comparator,
  });
  expect(readComparisonQuery('w', Object.fromEntries(new URLSearchParams(text))).input).toEqual({
    waveKey: 'w',
    organisationKey: 'asker',
    theme: 'activity',
    breakdown: 'sector',
    breakdownValue: 'health',
    comparator: wish,
  });
  expect(new URLSearchParams(text).get('mot') ?? '').toBe(slug);
});
