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

test.each([{ tema: ['a', 'b'] }, { inndeling: 'kommune' }, { gruppe: 'x'.repeat(101) }])('%j is refused', (query) => {
  expect(() => readComparisonQuery('w', query)).toThrow(AppError);
});

test('what is written is read back the same', () => {
  const theme = {
    id: 'activity',
    label: { nb: '', nn: '', en: '', da: '' },
    description: { nb: '', nn: '', en: '', da: '' },
  };
  const organisation = { key: 'asker', name: 'Asker', kind: 'municipality' } as const;
  const text = writeComparisonQuery({ organisation, theme, breakdown: { dimension: 'sector', value: 'health' } });
  expect(readComparisonQuery('w', Object.fromEntries(new URLSearchParams(text))).input).toEqual({
    waveKey: 'w',
    organisationKey: 'asker',
    theme: 'activity',
    breakdown: 'sector',
    breakdownValue: 'health',
  });
});
