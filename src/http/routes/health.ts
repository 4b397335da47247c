import { Router } from 'express';
import type { Context } from '../../context';
import { checkHealth } from '../../usecases/visitor/check-health';

/**
 * For load balancers and monitoring: /health says that the process answers, /ready that it can serve people. A queue that
 * nobody works on is told and is no reason to send people elsewhere.
 */
export function healthRoutes(context: Context): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const health = await checkHealth(context);
    const isReady = health.database === 'ok' && health.migrations === 'ok';
    response
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isReady ? 'ok' : 'unavailable', ...health });
  });
  return router;
}
