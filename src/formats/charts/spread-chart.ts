import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import type { SpreadLimit } from '../../domain/benchmark/spread-view';
import { chartColours, chartFont } from './chart-style';
import type { SpreadChartModel, SpreadPoint } from './spread-chart-model';

interface MarkPoint {
  readonly x: number;
  readonly y: number;
}

type SpreadDataset = ChartDataset<'scatter', MarkPoint[]>;

/** Height of the drawing in CSS pixels. */
export const spreadChartHeight = 420;

const labelPixels = 12;
/** White around names, so that they read on top of lines. */
const haloPixels = 4;

function toMarks(points: readonly SpreadPoint[], isCoarse: boolean): MarkPoint[] {
  return points
    .filter((point) => point.isCoarse === isCoarse)
    .map(({ answers, percent }) => ({ x: answers, y: percent }));
}

function toLine(limits: readonly SpreadLimit[], read: (limit: SpreadLimit) => number): MarkPoint[] {
  return limits.map((limit) => ({ x: limit.answers, y: read(limit) }));
}

/** Lines differ in dashes and marks in filling as well as colour, so that the chart reads in greyscale. */
function createDatasets({ points, network, limits, words }: SpreadChartModel): SpreadDataset[] {
  const line = { showLine: true, pointRadius: 0, pointHitRadius: 0, pointHoverRadius: 0 } as const;
  const limit = (label: string, borderDash: number[], read: (one: SpreadLimit) => number): SpreadDataset => ({
    ...line,
    label,
    data: toLine(limits, read),
    borderColor: chartColours.members,
    borderWidth: 1.5,
    borderDash,
  });
  const ends = [0, Math.max(1, ...points.map(({ answers }) => answers)) * 1.1];
  return [
    {
      label: words.members,
      data: toMarks(points, false),
      pointRadius: 6,
      pointHoverRadius: 8,
      clip: false,
      backgroundColor: chartColours.own,
      borderColor: '#fff',
      borderWidth: 1,
    },
    {
      label: words.coarse,
      data: toMarks(points, true),
      pointRadius: 5,
      pointHoverRadius: 8,
      clip: false,
      backgroundColor: '#fff',
      borderColor: chartColours.own,
      borderWidth: 2,
    },
    {
      ...line,
      label: words.network,
      data: network === null ? [] : ends.map((x) => ({ x, y: network })),
      borderColor: chartColours.rest,
      borderWidth: 2,
    },
    limit(words.limits95, [6, 4], ({ low95 }) => low95),
    limit(words.limits95, [6, 4], ({ high95 }) => high95),
    limit(words.limits998, [2, 4], ({ low998 }) => low998),
    limit(words.limits998, [2, 4], ({ high998 }) => high998),
  ];
}

/** Names the members outside the funnel beside their marks. */
function createLabelPlugin(points: readonly SpreadPoint[]): Plugin<'scatter'> {
  return {
    id: 'names',
    afterDatasetsDraw({ ctx: pen, chartArea: area, scales }) {
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      pen.save();
      pen.font = `600 ${labelPixels}px ${chartFont}`;
      pen.fillStyle = chartColours.ink;
      pen.strokeStyle = '#fff';
      pen.lineWidth = haloPixels;
      pen.textBaseline = 'middle';
      for (const { label, answers, percent } of points.filter(({ isOutside }) => isOutside)) {
        const left = x.getPixelForValue(answers);
        const isRoomRight = left + labelPixels + pen.measureText(label).width < area.right;
        pen.textAlign = isRoomRight ? 'left' : 'right';
        const start = left + (isRoomRight ? labelPixels : -labelPixels);
        pen.strokeText(label, start, y.getPixelForValue(percent));
        pen.fillText(label, start, y.getPixelForValue(percent));
      }
      pen.restore();
    },
  };
}

/**
 * Configures the funnel plot of a network's members: share against number of answers.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
 * @param model printed figures, limits and words
 * @returns a Chart.js configuration
 */
export function configureSpreadChart(model: SpreadChartModel): ChartConfiguration<'scatter', MarkPoint[]> {
  const { points, words } = model;
  const font = { size: 12, family: chartFont };
  return {
    type: 'scatter',
    data: { datasets: createDatasets(model) },
    plugins: [createLabelPlugin(points)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: labelPixels } },
      scales: {
        x: {
          min: 0,
          title: { display: true, text: words.answers, color: chartColours.hidden, font },
          grid: { display: false },
          ticks: { color: chartColours.hidden, font, precision: 0 },
        },
        y: {
          min: 0,
          max: 100,
          grid: { color: chartColours.grid },
          ticks: { stepSize: 25, color: chartColours.hidden, font, callback: (value) => `${value} %` },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          filter: ({ datasetIndex }) => datasetIndex < 2,
          callbacks: {
            label: ({ parsed }) =>
              points
                .filter(({ answers, percent }) => answers === parsed.x && percent === parsed.y)
                .map(({ label, percent, answers }) => `${label}: ${percent} % (n = ${answers})`),
          },
        },
      },
    },
  };
}
