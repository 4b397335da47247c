import { Chart, LinearScale, LineElement, PointElement, ScatterController, Tooltip } from 'chart.js';
import { configureSpreadChart, spreadChartHeight } from '../../src/formats/charts/spread-chart';

Chart.register(LinearScale, LineElement, PointElement, ScatterController, Tooltip);

const printWidth = 640;

/** Draws the funnel of the page from the figures in the table below it, and makes it fit the screen and the paper. */
function drawChart(figure) {
  const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const canvas = figure.querySelector('canvas');
  figure.hidden = false;
  canvas.parentElement.style.height = `${spreadChartHeight}px`;
  const chart = new Chart(canvas, configureSpreadChart(model));
  window.addEventListener('beforeprint', () => chart.resize(printWidth, spreadChartHeight));
  window.addEventListener('afterprint', () => chart.resize());
}

const drawAll = () => document.querySelectorAll('[data-spread-chart]').forEach(drawChart);
const whenFontsAreHere = document.fonts?.load('600 12px Inter') ?? Promise.resolve();
whenFontsAreHere.then(drawAll, drawAll);
