import { Chart, LinearScale, PointElement, ScatterController, Tooltip } from 'chart.js';
import { comparisonChartHeight, configureComparisonChart } from '../../src/formats/charts/comparison-chart';

Chart.register(LinearScale, PointElement, ScatterController, Tooltip);

const printWidth = 640;
/** Charts are drawn a little before they come into view. */
const drawAhead = '300px';

/** A chart of the page, with room for it but not yet drawn. */
function prepareChart(figure) {
  const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const canvas = figure.querySelector('canvas');
  const frame = canvas.parentElement;
  let chart;
  return {
    frame,
    fit: (width) => {
      frame.style.height = `${comparisonChartHeight(model, width)}px`;
    },
    draw: () => {
      chart ??= new Chart(canvas, configureComparisonChart(model));
    },
    resize: (width) => {
      if (width === undefined) chart?.resize();
      else chart?.resize(width, comparisonChartHeight(model, width));
    },
  };
}

/** Draws the charts of the page from the published figures beside them, and makes them fit the screen and the paper. */
function drawCharts() {
  const figures = [...document.querySelectorAll('[data-comparison-chart]')];
  const charts = figures.map(prepareChart);
  // All is measured before anything is changed, so that the page is laid out once.
  const fitAll = () => {
    const widths = charts.map(({ frame }) => frame.clientWidth);
    charts.forEach(({ fit }, index) => fit(widths[index]));
  };
  for (const figure of figures) figure.hidden = false;
  fitAll();
  const byFrame = new Map(charts.map((chart) => [chart.frame, chart]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter(({ isIntersecting }) => isIntersecting)) {
        observer.unobserve(target);
        byFrame.get(target).draw();
      }
    },
    { rootMargin: drawAhead },
  );
  for (const { frame } of charts) observer.observe(frame);
  window.addEventListener('resize', fitAll);
  window.addEventListener('beforeprint', () => {
    for (const { draw, resize } of charts) {
      draw();
      resize(printWidth);
    }
  });
  window.addEventListener('afterprint', () => charts.forEach(({ resize }) => resize()));
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
