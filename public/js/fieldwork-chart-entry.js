import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { configureFieldworkChart, fieldworkChartHeight } from '../../src/formats/charts/fieldwork-chart';

Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip);

const printWidth = 640;

/** Draws the curve of the page from the counts in the table below it, and makes it fit the screen and the paper. */
function drawChart(figure) {
  const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const canvas = figure.querySelector('canvas');
  figure.hidden = false;
  canvas.parentElement.style.height = `${fieldworkChartHeight}px`;
  const chart = new Chart(canvas, configureFieldworkChart(model));
  window.addEventListener('beforeprint', () => chart.resize(printWidth, fieldworkChartHeight));
  window.addEventListener('afterprint', () => chart.resize());
}

const drawAll = () => document.querySelectorAll('[data-fieldwork-chart]').forEach(drawChart);
const whenFontsAreHere = document.fonts?.load('500 12px Inter') ?? Promise.resolve();
whenFontsAreHere.then(drawAll, drawAll);
