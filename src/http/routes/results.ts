import { Router } from 'express';
import type { Context } from '../../context';
import { findComparison, readComparison } from '../../usecases/coordinator/read-comparison';
import { exportFigures } from '../../usecases/researcher/export-figures';
import { sendCsv } from '../csv-file';
import { writeComparisonFile } from '../pages/results/comparison-file';
import { createComparisonView } from '../pages/results/comparison-page';
import { readComparisonQuery } from '../pages/results/comparison-query';
import { createWords } from '../pages/results/words';
import { createSharedPages } from '../shared-page';

/** What a released wave shows: one organisation beside the network and published figures, as a page and as files. */
export function resultRoutes(context: Context): Router {
  const router = Router();
  const pages = createSharedPages({ isKeeping: context.config.environment !== 'development' });
  router.get('/runder/:wave/sammenligning', async (request, response) => {
    const { input, otherWave } = readComparisonQuery(request.params.wave, request.query);
    if (otherWave !== null) {
      const query = new URLSearchParams(request.originalUrl.split('?')[1]);
      query.delete('runde');
      response.redirect(302, `/runder/${encodeURIComponent(otherWave)}/sammenligning?${query.toString()}`);
      return;
    }
    const { language, actor } = response.locals;
    const { identity, read } = await findComparison(context, actor, input);
    await pages.send({ request, response }, identity, async () => {
      const view = createComparisonView(await read(), createWords(language));
      const options = { title: view.title, isDemo: view.isDemo, scripts: ['build/chart'] };
      return { view: 'results/comparison', options, model: { view } };
    });
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
