import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { RequestDurations } from './request-durations';

/**
 * Gives every request an id and logs its outcome by route pattern: never an address with a token in it, a query
 * string, a cookie or a body.
 * @param log the log
 * @param durations counts them too, where somebody monitors
 */
export function logRequests(log: Logger, durations?: RequestDurations): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.locals.requestId = randomUUID();
    response.setHeader('X-Request-Id', response.locals.requestId);
    response.on('finish', () => {
      const route: unknown = request.route;
      const pattern =
        typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : '(no route)';
      const milliseconds = performance.now() - startedAt;
      const { method } = request;
      durations?.observe({ method, route: pattern, status: response.statusCode, seconds: milliseconds / 1000 });
      log.info({
        requestId: response.locals.requestId,
        method,
        route: pattern,
        status: response.statusCode,
        milliseconds: Math.round(milliseconds),
      });
    });
    next();
  };
}
