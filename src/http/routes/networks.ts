import { Router } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { readNetworks } from '../../usecases/coordinator/read-networks';
import { renderPage } from '../page';

/** Where those who sign in land: their networks and the waves in them. */
export function networkRoutes(context: Context): Router {
  const router = Router();
  router.get('/nettverk', async (request, response) => {
    const networks = await readNetworks(context, response.locals.actor);
    renderPage(
      { request, response },
      'networks/networks',
      {
        title: translate(response.locals.language, 'networks.title'),
        isDemo: networks.some((network) => network.isDemo),
      },
      { networks },
    );
  });
  return router;
}
