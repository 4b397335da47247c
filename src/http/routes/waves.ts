import { Router } from 'express';
import type { Context } from '../../context';
import { openWave } from '../../usecases/coordinator/open-wave';
import { readWave } from '../../usecases/coordinator/read-wave';
import { readWaveStep } from '../../usecases/coordinator/read-wave-step';
import { requestWaveStep } from '../../usecases/coordinator/request-wave-step';
import type { Actor } from '../../domain/permissions';
import { renderPage } from '../page';
import { createWords } from '../pages/results/words';
import { describeJobProgress } from '../pages/waves/wave-job';
import { createWaveView } from '../pages/waves/wave-page';
import { seeOther } from '../see-other';

type TakeStep = (context: Context, actor: Actor, input: { readonly waveKey: string }) => Promise<unknown>;

/** Opening is done at once; closing and releasing take as long as there are answers, and are done in the background. */
const steps: Readonly<Record<string, TakeStep>> = {
  apne: openWave,
  steng: (context, actor, { waveKey }) => requestWaveStep(context, actor, { waveKey, step: 'close' }),
  frigi: (context, actor, { waveKey }) => requestWaveStep(context, actor, { waveKey, step: 'release' }),
};

/** The coordinator's page of a wave, and the steps that take it from draft to released figures. */
export function waveRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave', async (request, response) => {
    const overview = await readWave(context, response.locals.actor, { waveKey: request.params.wave });
    const view = createWaveView(overview, createWords(response.locals.language));
    const { title, isDemo } = view;
    const isUnderWay = view.job?.isUnderWay === true;
    const options = isUnderWay ? { title, isDemo, scripts: ['build/wave-job'], refreshSeconds: 5 } : { title, isDemo };
    renderPage({ request, response }, 'waves/wave', options, { view });
  });
  router.get('/runder/:wave/fremdrift', async (request, response) => {
    const job = await readWaveStep(context, response.locals.actor, { waveKey: request.params.wave });
    response.json(job === null ? null : describeJobProgress(job, createWords(response.locals.language)));
  });
  for (const [path, takeStep] of Object.entries(steps)) {
    router.post(`/runder/:wave/${path}`, async (request, response) => {
      const waveKey = request.params.wave;
      await takeStep(context, response.locals.actor, { waveKey });
      seeOther(response, `/runder/${encodeURIComponent(waveKey)}`);
    });
  }
  return router;
}
