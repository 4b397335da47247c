import { Router } from 'express';
import type { Context } from '../../context';
import { closeWave } from '../../usecases/coordinator/close-wave';
import { openWave } from '../../usecases/coordinator/open-wave';
import { readWave } from '../../usecases/coordinator/read-wave';
import { releaseWave } from '../../usecases/coordinator/release-wave';
import { renderPage } from '../page';
import { createWords } from '../pages/results/words';
import { createWaveView } from '../pages/waves/wave-page';

/** The coordinator's page of a wave, and the steps that take it from draft to released figures. */
export function waveRoutes(context: Context): Router {
  const router = Router();
  const steps = { apne: openWave, steng: closeWave, frigi: releaseWave } as const;
  router.get('/runder/:wave', async (request, response) => {
    const overview = await readWave(context, response.locals.actor, { waveKey: request.params.wave });
    const view = createWaveView(overview, createWords(response.locals.language));
    renderPage({ request, response }, 'waves/wave', { title: view.title, isDemo: view.isDemo }, { view });
  });
  for (const [path, takeStep] of Object.entries(steps)) {
    router.post(`/runder/:wave/${path}`, async (request, response) => {
      const waveKey = request.params.wave;
      await takeStep(context, response.locals.actor, { waveKey });
      response.redirect(303, `/runder/${encodeURIComponent(waveKey)}`);
    });
  }
  return router;
}
