import { Router } from 'express';
import type { Context } from '../../context';
import { readComparison } from '../../usecases/coordinator/read-comparison';
import { exportFigures } from '../../usecases/researcher/export-figures';
import { sendCsv } from '../csv-file';
import { renderPage } from '../page';
import { writeComparisonFile } from '../pages/results/comparison-file';
import { createComparisonView } from '../pages/results/comparison-page';
import { readComparisonQuery } from '../pages/results/comparison-query';
import { createWords } from '../pages/results/words';

/** What a released wave shows: one organisation beside the network and published figures, as a page and as files. */
export function resultRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/sammenligning', async (request, response) => {
    const { input, otherWave } = readComparisonQuery(request.params.wave, request.query);
    if (otherWave !== null) {
      const query = new URLSearchParams(request.originalUrl.split('?')[1]);
      query.delete('runde');
      response.redirect(302, `/runder/${encodeURIComponent(otherWave)}/sammenligning?${query.toString()}`);
      return;
    }
    const page = await readComparison(context, response.locals.actor, input);
    const view = createComparisonView(page, createWords(response.locals.language));
    const options = { title: view.title, isDemo: view.isDemo, scripts: ['build/chart'] };
    renderPage({ request, response }, 'results/comparison', options, { view });
  });
  router.get('/runder/:wave/sammenligning.csv', async (request, response) => {
    const { input } = readComparisonQuery(request.params.wave, request.query);
    const page = await readComparison(context, response.locals.actor, input);
    const { name, text } = writeComparisonFile(page, createWords(response.locals.language));
    sendCsv(response, name, text);
  });
  router.get('/runder/:wave/tall.csv', async (request, response) => {
    const { language, actor } = response.locals;
    const { name, text } = await exportFigures(context, actor, { waveKey: request.params.wave, language });
    sendCsv(response, name.replace(/\.csv$/, ''), text);
  });
  return router;
}
