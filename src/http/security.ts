import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from '../errors';

/**
 * Security headers: everything from our own origin, nothing inline, no referrer (addresses may carry tokens).
 * @param isSecure whether the public address is https
 */
export function securityHeaders({ isSecure }: { isSecure: boolean }): RequestHandler {
  return repeatHeaders(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          formAction: ["'self'"],
          ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    }),
  );
}

/** Helmet's headers are the same for every answer: its fifteen steps are taken once. */
function repeatHeaders(
  helmet: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
): RequestHandler {
  const request = new IncomingMessage(new Socket());
  const model = new ServerResponse(request);
  helmet(request, model, () => undefined);
  const headers = Object.entries(model.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** Refuses state changes that another site's page sends with our visitor's cookies. */
export const refuseCrossSitePosts: RequestHandler = (request, _response, next) => {
  const isSafe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  next(isSafe || request.get('Sec-Fetch-Site') !== 'cross-site' ? undefined : new AppError('form_expired'));
};

/** Pages that hold answers, links or figures are never kept by a cache. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
