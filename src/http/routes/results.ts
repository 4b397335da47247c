import { Router } from 'express';
import type { Context } from '../../context';
import { findComparison, readComparison } from '../../usecases/coordinator/read-comparison';
import { findMethod } from '../../usecases/coordinator/read-method';
import { findSpread } from '../../usecases/coordinator/read-spread';
import { exportFigures } from '../../usecases/researcher/export-figures';
import { sendCsv } from '../csv-file';
import { writeComparisonFile } from '../pages/results/comparison-file';
import { createComparisonView } from '../pages/results/comparison-page';
import { readComparisonQuery } from '../pages/results/comparison-query';
import { createMethodView } from '../pages/results/method-page';
import { createSpreadView } from '../pages/results/spread-page';
import { readSpreadQuery } from '../pages/results/spread-query';
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
  router.get('/runder/:wave/metode', async (request, response) => {
    const { language, actor } = response.locals;
    const { identity, read } = await findMethod(context, actor, request.params.wave);
    await pages.send({ request, response }, identity, async () => {
      const view = createMethodView(await read(), createWords(language));
      return { view: 'results/method', options: { title: view.title, isDemo: view.isDemo }, model: { view } };
    });
  });
  router.get('/runder/:wave/spredning', async (request, response) => {
    const { language, actor } = response.locals;
    const { identity, read } = await findSpread(context, actor, readSpreadQuery(request.params.wave, request.query));
    await pages.send({ request, response }, identity, async () => {
      const view = createSpreadView(await read(), createWords(language));
      const options = { title: view.title, isDemo: view.isDemo, scripts: ['build/spread-chart'] };
      return { view: 'results/spread', options, model: { view } };
    });
  });
  router.get('/runder/:wave/sammenligning.csv', async (request, response) => {
    const { input } = readComparisonQuery(request.params.wave, request.query);
    const page = await readComparison(context, response.locals.actor, input);
    const { name, text } = writeComparisonFile(page, createWords(response.locals.language), context.config.publicUrl);
    sendCsv(response, name, text);
  });
  router.get('/runder/:wave/tall.csv', async (request, response) => {
    const { language, actor } = response.locals;
    const { name, text } = await exportFigures(context, actor, { waveKey: request.params.wave, language });
    sendCsv(response, name.replace(/\.csv$/, ''), text);
  });
  return router;
}
