import { createGroup } from '../../../src/domain/benchmark/groups';
import { fromRelease, suppressed } from '../../../src/domain/disclosure/publishable';
import { writeFiguresCsv, type FigureForTable, type FigureWords } from '../../../src/formats/figures-table';

const text = (nb: string) => ({ nb, nn: nb, en: nb, da: nb });
const words: FigureWords = {
  pick: ({ nb }) => nb,
  group: ({ key }) => `group ${key}`,
  population: (population) => `population ${population}`,
  comparability: (comparability) => `comparability ${comparability}`,
  verdict: (verdict) => `verdict ${verdict}`,
  outcome: (verdict) => `outcome ${verdict}`,
};

function createFigure(overrides: Partial<FigureForTable> = {}): FigureForTable {
  const estimate = { n: 40, percent: 67, lowPercent: 56, highPercent: 77, flags: [] };
  return {
    group: createGroup({ organisation: 'asker' }),
    indicator: { id: 'innovative', label: text('=Innovativ') },
    option: { id: 'any', label: text('Minst én, "ny"') },
    baseLabel: text('Alle'),
    estimate: fromRelease({ releaseId: 'r', isSuppressed: false, figure: estimate }),
    comparison: fromRelease({
      releaseId: 'r',
      isSuppressed: false,
      figure: { differencePoints: -12, verdict: 'below' as const },
    }),
    contributors: null,
    baselines: ['KS 2018', 'KS 2020', '4'].map((round) => ({
      baseline: round === '4' ? 'denmark' : 'norway',
      comparability: 'adapted',
      why: text('Annen ordlyd'),
      figure: {
        percent: 83,
        isRounded: round === 'KS 2018',
        n: null,
        round,
        period: '2021-2023',
        population: 'all_public',
        base: 'all workplaces',
        source: { title: `Source ${round}`, url: 'https://example.org/' },
      },
    })),
    ...overrides,
  };
}

function write(...figures: readonly FigureForTable[]): Record<string, string>[] {
  const csv = writeFiguresCsv({
    wave: 'w',
    period: 'p',
    network: 'n',
    method: 'https://barometer.example.org/runder/x/metode',
    note: '',
    figures,
    words,
  });
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const split = (line: string) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((cell) => cell[1] ?? '');
  const names = split(header).map((name) => name.replaceAll('"', ''));
  return lines.map((line) => Object.fromEntries(split(line).map((cell, index) => [names[index] ?? '', cell])));
}

describe('the CSV file of released figures', () => {
  it('carries the figure, the comparison and every caveat of the published figures', () => {
    expect(write(createFigure())[0]).toMatchObject({
      group: 'organisation=asker',
      n: '40',
      percent: '67',
      low: '56',
      high: '77',
      difference_from_rest: '-12',
      verdict: 'verdict below',
      denmark_percent: '83',
      denmark_period: '2021-2023',
      denmark_population: 'population all_public',
      denmark_comparability: 'comparability adapted',
      denmark_why: 'Annen ordlyd',
      denmark_source: 'Source 4',
      denmark_url: 'https://example.org/',
      ks_2020_approximate: '0',
      ks_2018_approximate: '1',
      ks_2018_source: 'Source KS 2018',
    });
  });

  it('writes ":" for everything of a suppressed figure', () => {
    const row = write(createFigure({ estimate: suppressed, comparison: suppressed }))[0];
    expect(row).toMatchObject({
      n: ':',
      percent: ':',
      low: ':',
      high: ':',
      flags: '',
      difference_from_rest: ':',
      verdict: ':',
    });
  });

  it('gives a reason but no number where the codebook says that figures cannot be compared', () => {
    const baselines = [
      { baseline: 'denmark', comparability: 'own' as const, why: text('Eget spørsmål'), figure: null },
    ];
    expect(write(createFigure({ baselines }))[0]).toMatchObject({
      denmark_percent: '',
      denmark_why: 'Eget spørsmål',
      denmark_comparability: 'comparability own',
    });
  });

  it('does not let a label run as a formula', () => {
    expect(write(createFigure())[0]?.['indicator_label']).toBe("'=Innovativ");
  });
});
