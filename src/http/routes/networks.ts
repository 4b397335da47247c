import { Router } from 'express';
import type { Context } from '../../context';
import { can } from '../../domain/permissions';
import { translate } from '../../texts/translate';
import { readNetworks } from '../../usecases/coordinator/read-networks';
import { renderPage } from '../page';
import { createWords } from '../pages/results/words';

/** Where those who sign in land: their networks and the waves in them. */
export function networkRoutes(context: Context): Router {
  const router = Router();
  router.get('/nettverk', async (request, response) => {
    const { actor } = response.locals;
    const networks = await readNetworks(context, actor);
    const words = createWords(response.locals.language);
    renderPage(
      { request, response },
      'networks/networks',
      {
        title: translate(response.locals.language, 'networks.title'),
        isDemo: networks.some((network) => network.isDemo),
      },
      {
        networks,
        canAdminister: can(actor, 'administer installation', { networkId: null, organisationId: null }),
        nameInstrument: ({ instrumentTitle, instrumentVersion }: (typeof networks)[number]['waves'][number]) =>
          words.t('wave.instrument_value', { title: words.pick(instrumentTitle), version: instrumentVersion }),
      },
    );
  });
  return router;
}
