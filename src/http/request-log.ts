import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * Gives every request an id and logs its outcome by route pattern: never an address with a token in it, a query
 * string, a cookie or a body.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.locals.requestId = randomUUID();
    response.setHeader('X-Request-Id', response.locals.requestId);
    response.on('finish', () => {
      const route: unknown = request.route;
      const pattern =
        typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : '(no route)';
      log.info({
        requestId: response.locals.requestId,
        method: request.method,
        route: pattern,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - startedAt),
      });
    });
    next();
  };
}
