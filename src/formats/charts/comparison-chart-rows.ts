import type { Chart, Plugin } from 'chart.js';
import { chartColours, chartFont, notePixels } from './chart-style';
import type { ComparisonChartRow } from './comparison-chart-model';

/** Distance from the line of marks up to the foot of the label, and between the two lines of a long label. */
const labelPixels = 23;
const labelLinePixels = 17;

/**
 * Draws the label above each row, the value at its right end, and the interval behind the own mark.
 * @param rows rows of the chart
 * @returns a plugin of Chart.js
 */
export function createRowPlugin(rows: readonly ComparisonChartRow[]): Plugin<'scatter'> {
  return {
    id: 'comparison-rows',
    beforeDatasetsDraw(chart) {
      rows.forEach((row, index) => {
        drawRow(chart, row, index);
      });
    },
  };
}

function drawRow(chart: Chart<'scatter'>, row: ComparisonChartRow, index: number): void {
  const { ctx: pen, chartArea: area, scales } = chart;
  const x = scales['x'];
  const y = scales['y'];
  if (x === undefined || y === undefined) return;
  const line = y.getPixelForValue(index);
  pen.save();
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = chartColours.ink;
  pen.font = `500 14px ${chartFont}`;
  pen.textAlign = 'left';
  const foot = line - labelPixels;
  const lines = wrapText(pen, row.label, area.right - area.left - notePixels);
  lines.forEach((text, at) => {
    pen.fillText(text, area.left, foot - (lines.length - 1 - at) * labelLinePixels);
  });
  pen.textAlign = 'right';
  pen.font = row.own === null ? `italic 400 13px ${chartFont}` : `700 14px ${chartFont}`;
  pen.fillStyle = row.own === null ? chartColours.hidden : chartColours.ink;
  pen.fillText(row.note, area.right, foot);
  pen.strokeStyle = chartColours.grid;
  pen.lineWidth = 6;
  strokeLine(pen, [area.left, line], [area.right, line]);
  if (row.own !== null) {
    pen.strokeStyle = chartColours.own;
    pen.lineWidth = 2.5;
    const low = x.getPixelForValue(row.own.low);
    const high = x.getPixelForValue(row.own.high);
    strokeLine(pen, [low, line], [high, line]);
    strokeLine(pen, [low, line - 6], [low, line + 6]);
    strokeLine(pen, [high, line - 6], [high, line + 6]);
  }
  pen.restore();
}

function strokeLine(
  pen: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
): void {
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

/** Two lines at most; what does not fit is cut with an ellipsis. The table above has the whole label. */
function wrapText(pen: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const fits = (line: string): boolean => pen.measureText(line).width <= width;
  if (fits(text)) return [text];
  const words = text.split(' ');
  let count = words.length - 1;
  while (count > 1 && !fits(words.slice(0, count).join(' '))) count -= 1;
  return [words.slice(0, count).join(' '), fitText(words.slice(count).join(' '), fits)];
}

function fitText(text: string, fits: (line: string) => boolean): string {
  if (fits(text)) return text;
  let kept = text;
  while (kept.length > 1 && !fits(`${kept}…`)) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}
