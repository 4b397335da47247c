import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { chartColours, chartFont, notePixels } from './chart-style';
import type { ComparisonChartModel, ComparisonChartRow } from './comparison-chart-model';
import { createRowPlugin } from './comparison-chart-rows';

interface MarkPoint {
  readonly x: number;
  readonly y: number;
}

type MarkDataset = ChartDataset<'scatter', MarkPoint[]>;

/** Height of a row whose label fits on one line, on two lines, and of the axis with its margins. */
const rowPixels = 62;
const tallRowPixels = 80;
const axisPixels = 38;
/** Rows of room above the first line of marks and below the last. */
const rowsAbove = 0.78;
const rowsBelow = 0.4;
const usualCharacterPixels = 7.4;
/** Published figures of others stand a little above the line, so that marks do not hide each other. */
const baselineOffset = -0.17;

/**
 * @param model rows of the chart
 * @param width width of the drawing in CSS pixels
 * @returns height of the drawing in CSS pixels; higher where long labels need two lines
 */
export function comparisonChartHeight({ rows }: ComparisonChartModel, width: number): number {
  const longest = Math.max(0, ...rows.map(({ label }) => label.length));
  const isTight = longest * usualCharacterPixels > width - notePixels;
  return axisPixels + (rows.length - 1 + rowsAbove + rowsBelow) * (isTight ? tallRowPixels : rowPixels);
}

function marks(
  rows: readonly ComparisonChartRow[],
  read: (row: ComparisonChartRow) => readonly number[],
  offset = 0,
): MarkPoint[] {
  return rows.flatMap((row, index) => read(row).map((x) => ({ x, y: index + offset })));
}

function optional(value: number | null): readonly number[] {
  return value === null ? [] : [value];
}

/** Shapes differ as well as colours, so that the chart reads in greyscale and without colour vision. */
function createDatasets({ rows, words }: ComparisonChartModel): MarkDataset[] {
  const plain = { borderWidth: 2, pointHoverRadius: 7, clip: false } as const;
  return [
    {
      ...plain,
      label: words.own,
      data: marks(rows, (row) => optional(row.own?.value ?? null)),
      pointStyle: 'circle',
      pointRadius: 7,
      backgroundColor: chartColours.own,
      borderColor: '#fff',
    },
    {
      ...plain,
      label: words.denmark,
      data: marks(rows, (row) => optional(row.denmark), baselineOffset),
      pointStyle: 'triangle',
      pointRotation: 180,
      pointRadius: 6,
      backgroundColor: chartColours.denmark,
      borderColor: '#fff',
      borderWidth: 1,
    },
    {
      ...plain,
      label: words.norway,
      data: marks(rows, (row) => optional(row.norway), baselineOffset),
      pointStyle: 'rect',
      pointRadius: 5,
      backgroundColor: '#fff',
      borderColor: chartColours.norway,
    },
    {
      ...plain,
      label: words.rest,
      data: marks(rows, (row) => optional(row.rest)),
      pointStyle: 'line',
      pointRotation: 90,
      pointRadius: 11,
      borderWidth: 4,
      backgroundColor: chartColours.rest,
      borderColor: chartColours.rest,
    },
    {
      ...plain,
      label: words.members,
      data: marks(rows, (row) => row.members),
      pointStyle: 'circle',
      pointRadius: 4,
      backgroundColor: '#fff',
      borderColor: chartColours.members,
      borderWidth: 1.5,
    },
  ];
}

/**
 * Configures the dot plot of one organisation beside the network, Denmark and Norway. Labels stand above their rows, so
 * that it reads on a phone.
 * @param model rows and words; published figures only
 * @returns a Chart.js configuration, for the browser and for a canvas on the server alike
 */
export function configureComparisonChart(model: ComparisonChartModel): ChartConfiguration<'scatter', MarkPoint[]> {
  return {
    type: 'scatter',
    data: { datasets: createDatasets(model) },
    plugins: [createRowPlugin(model.rows)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { right: 10, left: 2 } },
      scales: {
        x: {
          min: 0,
          max: 100,
          position: 'bottom',
          grid: { color: chartColours.grid },
          ticks: {
            stepSize: 25,
            color: chartColours.hidden,
            callback: (value) => `${value} %`,
            font: { size: 12, family: chartFont },
          },
        },
        y: { min: -rowsAbove, max: model.rows.length - 1 + rowsBelow, reverse: true, display: false },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: (items) => model.rows[Math.round(items[0]?.parsed.y ?? 0)]?.label ?? '',
            label: (item) => `${item.dataset.label ?? ''}: ${item.parsed.x ?? ''} %`,
          },
        },
      },
    },
  };
}
