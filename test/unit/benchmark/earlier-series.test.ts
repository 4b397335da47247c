import { hashDefinition, type AskedInstrument } from '../../../src/domain/benchmark/definition-hash';
import { isEarlierWave, planSeries } from '../../../src/domain/benchmark/earlier-series';
import { pickPublished } from '../../../src/domain/benchmark/pick-published';
import type { IndicatorOption } from '../../../src/domain/instrument/codebook';
import { compileInstrument } from '../../../src/domain/instrument/compile-instrument';
import { readExample } from '../../support/closed-wave';

type Files = { readonly survey: string; readonly codebook: string };

function ask(change: (files: Files) => Files = (files) => files, population = 'managers'): AskedInstrument {
  return { instrument: compileInstrument(change(readExample())), population };
}

function hashesOf(asked: AskedInstrument): Record<string, string> {
  return Object.fromEntries(
    asked.instrument.codebook.indicators.flatMap((indicator) =>
      indicator.options.map((option) => [`${indicator.id}/${option.id}`, hashDefinition(asked, indicator, option)]),
    ),
  );
}

const inSurvey =
  (from: string, to: string) =>
  ({ survey, codebook }: Files): Files => {
    expect(survey).toContain(from);
    return { survey: survey.replace(from, to), codebook };
  };

describe('the hash of a definition', () => {
  const before = hashesOf(ask());

  test('is the same for the same questionnaire, and another for every option', () => {
    expect(hashesOf(ask())).toEqual(before);
    expect(new Set(Object.values(before)).size).toBe(Object.keys(before).length);
  });

  test.each([
    ['the question', 'Har arbeidsplassen din tatt i bruk', 'Har dere tatt i bruk'],
    ['its translation', 'During the last year, has your workplace', 'Has your workplace during the last year'],
    ['a choice', '"Vet ikke"', '"Vet ikke sikkert"'],
  ])('is another when %s is worded in another way', (_name, from, to) => {
    const after = hashesOf(ask(inSurvey(from, to)));
    expect(after['uses_tool/yes']).not.toBe(before['uses_tool/yes']);
    expect(after['training/agree']).toBe(before['training/agree']);
    // Who is asked about purposes follows from the same question.
    expect(after['purposes/planning']).not.toBe(before['purposes/planning']);
  });

  test('does not depend on labels of tables, and does on who is asked', () => {
    const relabelled = hashesOf(
      ask(({ survey, codebook }) => ({ survey, codebook: codebook.replaceAll('Nytt digitalt verktøy', 'Verktøy') })),
    );
    expect(relabelled).toEqual(before);
    const employees = hashesOf(ask(undefined, 'employees'));
    for (const [address, hash] of Object.entries(employees)) expect(hash).not.toBe(before[address]);
  });
});

describe('a series', () => {
  const reworded = ask(inSurvey('Har arbeidsplassen din tatt i bruk', 'Har dere tatt i bruk'));

  test('goes on from the latest wave that asked in the same way', () => {
    const [first, second] = [ask(), ask()];
    const { waveOf, breaks } = planSeries(ask(), [reworded, second, first]);
    expect(waveOf.get('training/agree')).toBe(reworded);
    expect(waveOf.get('uses_tool/yes')).toBe(second);
    expect(breaks).toEqual([]);
  });

  test('is broken where every earlier wave asked otherwise, and not there where none did', () => {
    const { waveOf, breaks } = planSeries(ask(), [reworded]);
    expect([...waveOf.keys()]).toEqual(['training/agree']);
    expect(breaks).toEqual([
      'uses_tool/yes',
      'purposes/planning',
      'purposes/writing',
      'purposes/contact',
      'purposes/several',
    ]);
    expect(planSeries(ask(), []).breaks).toEqual([]);
  });

  test.each([
    ['2022-2023', '2024-2025', true],
    ['2024-2025', '2022-2023', false],
    ['Høsten 2023', 'Våren 2024', true],
  ])('%s comes before %s: %s', (one, other, expected) => {
    expect(isEarlierWave({ period: one, closedOn: null }, { period: other, closedOn: null })).toBe(expected);
  });

  test('of one year follows the day of closing; without that nothing comes first', () => {
    const spring = { period: 'Vår 2024', closedOn: '2024-05-01' };
    const autumn = { period: 'Høst 2024', closedOn: '2024-11-01' };
    expect([isEarlierWave(spring, autumn), isEarlierWave(autumn, spring)]).toEqual([true, false]);
    expect(isEarlierWave(spring, spring)).toBe(false);
    expect(isEarlierWave({ ...spring, closedOn: null }, autumn)).toBe(false);
  });
});

describe('the published figure that is tested against', () => {
  const text = { nb: '', nn: '', en: '', da: '' };
  const row = {
    indicator_id: 'i',
    indicator_en: 'i',
    indicator_no: 'i',
    round: '4',
    period: '2021-2023',
    population: 'all public workplaces',
    base: 'all workplaces',
    option_id: 'o',
    option_en: 'o',
    value: 83,
    unit: 'percent' as const,
    n: 1611 as number | null,
    source_title: 's',
    source_url: 'https://example.org/',
    source_excerpt: 'e',
    confidence: 'high' as const,
  };
  const option = (comparability: 'same' | 'adapted' | 'own'): IndicatorOption => ({
    id: 'o',
    label: text,
    numerator: [{ variable: 'v', in: ['yes'] }],
    baselines: [{ baseline: 'denmark', indicatorId: 'i', optionId: 'o', comparability, why: text }],
  });
  const pick = (rows: readonly (typeof row)[], comparability: 'same' | 'adapted' | 'own' = 'same') =>
    pickPublished({ rows: new Map([['denmark', rows]]), sha256: '' }, option(comparability), 'municipality')?.tested ??
    null;

  test('has a known number of answers and the same content', () => {
    expect(pick([row])).toEqual({ baseline: 'denmark', round: '4', percent: 83, n: 1611 });
    expect(pick([row], 'adapted')).toBeNull();
    expect(pick([row], 'own')).toBeNull();
    expect(pick([{ ...row, n: null }])).toBeNull();
    expect(pick([{ ...row, unit: 'percent_rounded' as 'percent' }])).toBeNull();
  });

  test('is the one that stands beside the share: a municipal figure without a number of answers is not replaced', () => {
    expect(pick([row, { ...row, population: 'municipal', n: null }])).toBeNull();
  });
});
