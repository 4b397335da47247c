import { Router } from 'express';
import type { Context } from '../../context';
import { checkHealth } from '../../usecases/visitor/check-health';

/** For load balancers and monitoring: /health says that the process answers, /ready that the database does too. */
export function healthRoutes(context: Context): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const isReady = await checkHealth(context);
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'database unavailable' });
  });
  return router;
}
