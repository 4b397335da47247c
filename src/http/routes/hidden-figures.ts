import { Router } from 'express';
import type { Context } from '../../context';
import { readHiddenFigures } from '../../usecases/administrator/read-hidden-figures';
import { renderPage } from '../page';
import { createWords } from '../pages/results/words';
import { createHiddenFiguresView } from '../pages/waves/hidden-figures-page';
import { createWaveTabs } from '../pages/waves/wave-tabs';

/** Why figures of a release are hidden, for administrators. */
export function hiddenFigureRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/skjulte-tall', async (request, response) => {
    const { actor, language } = response.locals;
    const waveKey = request.params.wave;
    const edition = request.query['utgave'] === 'offentlig' ? 'public' : 'network';
    const found = await readHiddenFigures(context, actor, { waveKey, edition });
    const words = createWords(language);
    const networkId = found.network.id;
    const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'hidden_figures' }, words);
    const view = createHiddenFiguresView(found, edition, words);
    const options = { title: words.t('hidden_figures.title', { period: view.period }), isDemo: view.isDemo };
    renderPage({ request, response }, 'waves/hidden-figures', options, { view, tabs });
  });
  return router;
}
