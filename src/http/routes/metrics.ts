import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Context } from '../../context';
import { writeMetrics } from '../../formats/prometheus';
import { readMetrics } from '../../usecases/visitor/read-metrics';
import { describeDurations, describeInstallation } from '../installation-metrics';
import type { RequestDurations } from '../request-durations';

function isToken(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`));
}

/**
 * Figures for Prometheus at /metrics, for whoever shows the token; for everybody else there is no such address.
 * @param context the process' context
 * @param token what a monitoring program sends as a bearer token
 * @param durations what the log of requests counts
 */
export function metricsRoutes(context: Context, token: string, durations: RequestDurations): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const router = Router();
  router.get('/metrics', async (request, response, next) => {
    if (!isToken(request.headers.authorization, token)) {
      next();
      return;
    }
    const ours = writeMetrics([
      describeDurations(durations.read()),
      ...describeInstallation(await readMetrics(context)),
    ]);
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(`${ours}\n${await registry.metrics()}`);
  });
  return router;
}
