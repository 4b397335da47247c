import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { drawWaveSample } from '../../usecases/coordinator/draw-wave-sample';
import { readSample } from '../../usecases/coordinator/read-sample';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import { createSampleView } from '../pages/frames/sample-page';
import { createWords } from '../pages/results/words';
import { submitForm, type ShownFault } from '../submit-form';

const sizePrefix = 'size_';

/** Whom a wave invites: everybody in the frame, or a sample that is drawn. */
export function frameSampleRoutes(context: Context): Router {
  const router = Router();
  const show = async (
    exchange: { readonly request: Request; readonly response: Response },
    waveKey: string,
    faults: readonly ShownFault[] = [],
  ): Promise<void> => {
    const { actor, language } = exchange.response.locals;
    const overview = await readSample(context, actor, { waveKey });
    const words = createWords(language);
    const isAgain = faults.length > 0;
    const view = createSampleView(overview, isAgain ? readPosted(exchange.request.body) : null, words);
    const options = { title: words.t('frame.sample.title'), status: isAgain ? 422 : 200, isDemo: overview.wave.isDemo };
    renderPage(exchange, 'frames/sample', options, { view, faults });
  };
  router.get('/runder/:wave/ramme/utvalg', async (request, response) => {
    await show({ request, response }, request.params.wave);
  });
  router.post('/runder/:wave/ramme/utvalg', async (request, response) => {
    const waveKey = request.params.wave;
    await submitForm(response, {
      submit: async () => {
        const posted = readPosted(request.body);
        const sizes = Object.entries(posted).filter(([name]) => name.startsWith(sizePrefix));
        const form = {
          kind: posted['kind'] === 'sample' ? ('sample' as const) : ('census' as const),
          sizes: Object.fromEntries(sizes.map(([name, text]) => [name.slice(sizePrefix.length), text])),
          minimum: posted['minimum'] ?? '',
          seed: posted['seed'] ?? '',
        };
        await drawWaveSample(context, response.locals.actor, { waveKey, form });
        return `/runder/${encodeURIComponent(waveKey)}/ramme/utvalg`;
      },
      showAgain: (faults) => show({ request, response }, waveKey, faults),
    });
  });
  return router;
}

function readPosted(body: unknown): Readonly<Record<string, string>> {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  return Object.fromEntries(names.map((name) => [name, readFields(body).text(name)]));
}
