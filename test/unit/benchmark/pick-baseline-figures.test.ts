import { join } from 'node:path';
import { createSurveyFileReader } from '../../../src/db/survey-files';
import { baselineRowSchema, type BaselineCatalogue } from '../../../src/domain/benchmark/baselines';
import { pickBaselineFigures, type BaselineViewer } from '../../../src/domain/benchmark/pick-baseline-figures';
import type { BaselineLink } from '../../../src/domain/instrument/codebook';
import { loadBaselines } from '../../../src/platform/load-baselines';

const why = { nb: 'w', nn: 'w', en: 'w', da: 'w' };

function createRow(overrides: Readonly<Record<string, string>>) {
  return baselineRowSchema.parse({
    indicator_id: 'innovative',
    indicator_en: 'x',
    indicator_no: 'x',
    round: '4',
    period: '2021-2023',
    population: 'all public workplaces',
    base: 'all workplaces',
    option_id: 'any',
    option_en: 'x',
    value: '83',
    unit: 'percent',
    n: '1611',
    source_title: 'Title',
    source_url: 'https://example.org/',
    source_excerpt: 'x',
    confidence: 'high',
    ...overrides,
  });
}

function createCatalogue(denmark: readonly Record<string, string>[], norway: readonly Record<string, string>[] = []) {
  const catalogue: BaselineCatalogue = {
    rows: new Map([
      ['denmark', denmark.map(createRow)],
      ['norway', norway.map((row) => createRow({ country: 'NO', ...row }))],
    ]),
    sha256: '',
  };
  return catalogue;
}

function createLink(overrides: Partial<BaselineLink> = {}): BaselineLink {
  return { baseline: 'denmark', indicatorId: 'innovative', optionId: 'any', comparability: 'same', why, ...overrides };
}

function figures(catalogue: BaselineCatalogue, viewer: BaselineViewer, link: Partial<BaselineLink> = {}) {
  return pickBaselineFigures(catalogue, createLink(link), viewer).map(({ figure }) => figure);
}

describe('Danish figures', () => {
  const catalogue = createCatalogue([
    { population: 'municipal', round: '2', period: '2015-2016', value: '70', n: '' },
    { population: 'municipal', round: '3', period: '2018-2019', value: '80', n: '' },
    { population: 'regional', round: '4', value: '85' },
    { round: '3', value: '81' },
    {},
  ]);

  it('beside a municipality are the latest municipal ones, even where the whole sector has a later round', () => {
    expect(figures(catalogue, 'municipality')).toEqual([
      {
        percent: 80,
        isRounded: false,
        n: null,
        round: '3',
        period: '2018-2019',
        population: 'municipal',
        base: 'all workplaces',
        source: { title: 'Title', url: 'https://example.org/' },
      },
    ]);
  });

  it.each<BaselineViewer>(['county', 'network', 'other'])('beside a %s are those of the whole sector', (viewer) => {
    expect(figures(catalogue, viewer)).toEqual([expect.objectContaining({ percent: 83, population: 'all_public' })]);
  });

  it('beside a municipality are those of the whole sector where no municipal one was published', () => {
    expect(figures(createCatalogue([{ round: '3', value: '81' }, {}]), 'municipality')).toEqual([
      expect.objectContaining({ percent: 83, population: 'all_public', n: 1611 }),
    ]);
  });

  it('are never borrowed from regions, other options, other indicators or counts', () => {
    expect(figures(createCatalogue([{ population: 'regional' }]), 'county')).toEqual([]);
    expect(figures(catalogue, 'county', { optionId: 'none' })).toEqual([]);
    expect(figures(catalogue, 'county', { indicatorId: 'other' })).toEqual([]);
    expect(figures(catalogue, 'county', { baseline: 'sweden' })).toEqual([]);
    expect(figures(createCatalogue([{ unit: 'number', value: '83' }]), 'county')).toEqual([]);
  });

  it('published as "seven in ten" are marked as rounded', () => {
    expect(figures(createCatalogue([{ unit: 'percent_rounded', value: '70' }]), 'county')).toEqual([
      expect.objectContaining({ percent: 70, isRounded: true }),
    ]);
  });

  it('that the codebook calls not comparable are left out, with the reason why', () => {
    expect(pickBaselineFigures(catalogue, createLink({ comparability: 'own' }), 'municipality')).toEqual([
      { baseline: 'denmark', comparability: 'own', why, figure: null },
    ]);
  });
});

describe('KS figures', () => {
  const both = 'municipal and county units (health/care, education/childhood)';
  const catalogue = createCatalogue(
    [],
    [
      { round: 'KS 2018', population: 'municipal units, health/care', unit: 'percent_rounded', value: '70' },
      { round: 'KS 2018', population: both, value: '74' },
      { round: 'KS 2020', population: `${both}, social`, value: '75' },
      { round: 'KS political 2020', population: 'mayors and county mayors', value: '83' },
      { round: 'State 2021', population: 'state: entities', value: '90' },
    ],
  );

  it('of 2020 and 2018 are separate series, newest first', () => {
    for (const viewer of ['municipality', 'county'] as const) {
      expect(figures(catalogue, viewer, { baseline: 'norway' })).toEqual([
        expect.objectContaining({ round: 'KS 2020', percent: 75, population: 'municipal_and_county_units' }),
        expect.objectContaining({ round: 'KS 2018', percent: 74, population: 'municipal_and_county_units' }),
      ]);
    }
  });

  it('for municipalities alone do not stand beside a county', () => {
    const municipal = createCatalogue(
      [],
      [{ round: 'KS 2018', population: 'municipal units (COI comparison, municipalities only)', value: '57' }],
    );
    expect(figures(municipal, 'municipality', { baseline: 'norway' })).toEqual([
      expect.objectContaining({ percent: 57, population: 'municipal_units' }),
    ]);
    expect(figures(municipal, 'county', { baseline: 'norway' })).toEqual([]);
  });
});

describe("the installation's own figures", () => {
  it('are correct and give each kind of organisation its headline', async () => {
    const catalogue = await loadBaselines(createSurveyFileReader(join(__dirname, '../../../surveys')));
    const link = { indicatorId: 'innovative_workplaces_share' };
    expect(figures(catalogue, 'municipality', link)).toEqual([
      expect.objectContaining({ percent: 80, round: '3', population: 'municipal' }),
    ]);
    expect(figures(catalogue, 'county', link)).toEqual([expect.objectContaining({ percent: 83, round: '4', n: 1611 })]);
    expect(
      figures(catalogue, 'county', { ...link, baseline: 'norway' }).map((figure) => [figure?.round, figure?.percent]),
    ).toEqual([
      ['KS 2020', 74],
      ['KS 2018', 74],
    ]);
  });
});
