import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../../context';
import { eraseByReceipt } from '../../usecases/administrator/erase-by-receipt';
import { eraseSoleResponse } from '../../usecases/administrator/erase-sole-response';
import { readErasure } from '../../usecases/administrator/read-erasure';
import { renderPage, type Exchange } from '../page';
import { createWords } from '../pages/results/words';
import { createErasureView } from '../pages/waves/erasure-page';
import { submitForm, type ShownFault } from '../submit-form';

const longestField = 100;
const formSchema = z
  .object({
    code: z.string().max(longestField).catch(''),
    unit: z.string().trim().max(longestField).catch(''),
  })
  .catch({ code: '', unit: '' });

/** Erasing a response at its respondent's request, by an administrator. */
export function erasureRoutes(context: Context): Router {
  const router = Router();
  const show = async (
    { request, response }: Exchange,
    waveKey: string,
    filled: { readonly faults: readonly ShownFault[]; readonly code?: string; readonly unit?: string },
  ): Promise<void> => {
    const { actor, language } = response.locals;
    const words = createWords(language);
    const view = createErasureView(await readErasure(context, actor, { waveKey }), words);
    const options = {
      title: words.t('erasure.title'),
      isDemo: view.isDemo,
      status: filled.faults.length > 0 ? 422 : 200,
    };
    const isDone = request.method === 'GET' && request.query['slettet'] === '1';
    renderPage({ request, response }, 'waves/erasure', options, { view, isDone, filled });
  };
  router.get('/runder/:wave/sletting', async (request, response) => {
    await show({ request, response }, request.params.wave, { faults: [] });
  });
  router.post('/runder/:wave/sletting/kode', async (request, response) => {
    const waveKey = request.params.wave;
    const { code } = formSchema.parse(request.body);
    await submitForm(response, {
      submit: async () => {
        await eraseByReceipt(context, response.locals.actor, { waveKey, code });
        return `/runder/${encodeURIComponent(waveKey)}/sletting?slettet=1`;
      },
      showAgain: (faults) => show({ request, response }, waveKey, { faults, code }),
    });
  });
  router.post('/runder/:wave/sletting/arbeidsplass', async (request, response) => {
    const waveKey = request.params.wave;
    const { unit } = formSchema.parse(request.body);
    await submitForm(response, {
      submit: async () => {
        await eraseSoleResponse(context, response.locals.actor, { waveKey, unit });
        return `/runder/${encodeURIComponent(waveKey)}/sletting?slettet=1`;
      },
      showAgain: (faults) => show({ request, response }, waveKey, { faults, unit }),
    });
  });
  return router;
}
