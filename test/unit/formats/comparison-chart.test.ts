import { comparisonChartHeight, configureComparisonChart } from '../../../src/formats/charts/comparison-chart';
import type { ComparisonChartModel, ComparisonChartRow } from '../../../src/formats/charts/comparison-chart-model';

const words = { own: 'Asker', rest: 'Resten', members: 'Andre', denmark: 'Danmark', norway: 'KS 2020' };

function row(label: string, changes: Partial<ComparisonChartRow> = {}): ComparisonChartRow {
  const own = { value: 62, low: 54, high: 70 };
  return { label, own, rest: 51, members: [40, 60], denmark: 80, norway: 74, note: '62 %', ...changes };
}

function pointsOf(model: ComparisonChartModel, name: string): readonly number[] {
  const { datasets } = configureComparisonChart(model).data;
  return datasets.find(({ label }) => label === name)?.data.map(({ x }) => x) ?? [];
}

test('draws exactly the figures of the model', () => {
  const model = { rows: [row('Produkt'), row('Tjeneste', { denmark: null })], words };
  expect(pointsOf(model, 'Asker')).toEqual([62, 62]);
  expect(pointsOf(model, 'Resten')).toEqual([51, 51]);
  expect(pointsOf(model, 'Andre')).toEqual([40, 60, 40, 60]);
  expect(pointsOf(model, 'Danmark')).toEqual([80]);
  expect(pointsOf(model, 'KS 2020')).toEqual([74, 74]);
});

test('draws nothing, not zero, for what is hidden', () => {
  const model = { rows: [row('Produkt', { own: null, rest: null, members: [], denmark: null, norway: null })], words };
  for (const name of Object.values(words)) expect(pointsOf(model, name)).toEqual([]);
});

test('every series has a shape of its own, for greyscale and colour blindness', () => {
  const { datasets } = configureComparisonChart({ rows: [row('Produkt')], words }).data;
  const shapes = datasets.map((set) => JSON.stringify([set.pointStyle, set.pointRadius, set.backgroundColor]));
  expect(new Set(shapes).size).toBe(datasets.length);
});

test('is higher where a label needs two lines', () => {
  const rows = [row('Minst én partner utenfor egen kommune eller fylkeskommune')];
  expect(comparisonChartHeight({ rows, words }, 280)).toBeGreaterThan(comparisonChartHeight({ rows, words }, 800));
  expect(comparisonChartHeight({ rows: [...rows, row('Kort')], words }, 800)).toBeGreaterThan(
    comparisonChartHeight({ rows, words }, 800),
  );
});
