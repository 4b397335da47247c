import { Chart, LinearScale, PointElement, ScatterController, Tooltip } from 'chart.js';
import { comparisonChartHeight, configureComparisonChart } from '../../src/formats/charts/comparison-chart';

Chart.register(LinearScale, PointElement, ScatterController, Tooltip);

const printWidth = 640;

/** Draws every chart of the page from the published figures beside it, and makes it fit the screen and the paper. */
function drawCharts() {
  for (const figure of document.querySelectorAll('[data-comparison-chart]')) {
    const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const canvas = figure.querySelector('canvas');
    const frame = canvas.parentElement;
    const fit = () => {
      frame.style.height = `${comparisonChartHeight(model, frame.clientWidth)}px`;
    };
    figure.hidden = false;
    fit();
    const chart = new Chart(canvas, configureComparisonChart(model));
    window.addEventListener('resize', fit);
    window.addEventListener('beforeprint', () => chart.resize(printWidth, comparisonChartHeight(model, printWidth)));
    window.addEventListener('afterprint', () => chart.resize());
  }
}

/** Opens what is folded while the page is printed, and folds it again. */
function unfoldForPrint() {
  const folded = [...document.querySelectorAll('details.members:not([open])')];
  window.addEventListener('beforeprint', () => folded.forEach((details) => (details.open = true)));
  window.addEventListener('afterprint', () => folded.forEach((details) => (details.open = false)));
}

const whenFontsAreHere = document.fonts?.load('500 14px Inter') ?? Promise.resolve();
whenFontsAreHere.then(drawCharts, drawCharts);
unfoldForPrint();
