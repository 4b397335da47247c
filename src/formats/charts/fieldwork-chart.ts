import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import { chartColours, chartFont } from './chart-style';
import type { FieldworkChartModel, FieldworkPoint } from './fieldwork-chart-model';

interface LinePoint {
  readonly x: number;
  readonly y: number;
}

type LineDataset = ChartDataset<'line', LinePoint[]>;

const axisStep = 10;
/** Room above the highest point for the labels of mailings. */
const headroomPercent = 8;

/** Height of the drawing in CSS pixels. */
export const fieldworkChartHeight = 300;

function toPoints(points: readonly FieldworkPoint[]): LinePoint[] {
  return points.map(({ day, percent }) => ({ x: day, y: percent }));
}

/** Lines differ in weight and dashes as well as colour, so that they read in greyscale. */
function createDatasets({ now, before, target, lastDay, words }: FieldworkChartModel): LineDataset[] {
  const plain = { pointRadius: 0, pointHoverRadius: 5, pointHitRadius: 8 } as const;
  const goal = target === null ? [] : [1, lastDay].map((x) => ({ x, y: target }));
  return [
    {
      ...plain,
      label: words.now,
      data: toPoints(now),
      borderColor: chartColours.own,
      borderWidth: 3,
      backgroundColor: chartColours.own,
      pointRadius: now.length === 1 ? 5 : 0,
    },
    {
      ...plain,
      label: words.before,
      data: toPoints(before),
      borderColor: chartColours.members,
      borderWidth: 2,
      borderDash: [6, 4],
      backgroundColor: chartColours.members,
    },
    {
      ...plain,
      label: words.target,
      data: goal,
      borderColor: chartColours.denmark,
      borderWidth: 2,
      borderDash: [2, 4],
      backgroundColor: chartColours.denmark,
    },
  ];
}

/** Marks the days on which mail went out: a line, and its label where it does not run into the one before. */
function createMailingPlugin(mailings: FieldworkChartModel['mailings']): Plugin<'line'> {
  return {
    id: 'mailings',
    beforeDatasetsDraw({ ctx: pen, chartArea: area, scales }) {
      const x = scales['x'];
      if (x === undefined) return;
      pen.save();
      pen.font = `500 12px ${chartFont}`;
      pen.fillStyle = chartColours.hidden;
      pen.strokeStyle = chartColours.members;
      pen.lineWidth = 1;
      let free = area.left;
      for (const { day, label } of mailings) {
        const left = x.getPixelForValue(day);
        pen.beginPath();
        pen.moveTo(left, area.top);
        pen.lineTo(left, area.bottom);
        pen.stroke();
        const width = pen.measureText(label).width;
        const start = Math.min(left + 5, area.right - width);
        if (start < free) continue;
        pen.fillText(label, start, area.top + 11);
        free = start + width + 8;
      }
      pen.restore();
    },
  };
}

/**
 * Configures the curve of a wave's answers by day of fieldwork, beside the last wave and what is aimed at.
 * @param model points and words; counts of groups that may be shown only
 * @returns a Chart.js configuration, for the browser and for a canvas on the server alike
 */
export function configureFieldworkChart(model: FieldworkChartModel): ChartConfiguration<'line', LinePoint[]> {
  const highest = Math.max(model.target ?? 0, ...[...model.now, ...model.before].map(({ percent }) => percent));
  const ticks = { color: chartColours.hidden, font: { size: 12, family: chartFont } } as const;
  return {
    type: 'line',
    data: { datasets: createDatasets(model) },
    plugins: [createMailingPlugin(model.mailings)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { right: 10, top: 4 } },
      scales: {
        x: {
          type: 'linear',
          min: 1,
          max: Math.max(model.lastDay, 2),
          grid: { display: false },
          title: { display: true, text: model.words.day, color: chartColours.hidden, font: ticks.font },
          ticks: { ...ticks, precision: 0, maxTicksLimit: 12 },
        },
        y: {
          min: 0,
          max: Math.min(100, Math.ceil((highest + headroomPercent) / axisStep) * axisStep),
          grid: { color: chartColours.grid },
          ticks: { ...ticks, precision: 0, callback: (value) => `${value} %` },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: (items) => `${model.words.day} ${items[0]?.parsed.x ?? ''}`,
            label: (item) => `${item.dataset.label ?? ''}: ${Math.round(item.parsed.y ?? 0)} %`,
          },
        },
      },
    },
  };
}
