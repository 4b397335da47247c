import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors';
import { describeFault } from './describe-fault';
import { toAppError } from './fault-kinds';
import { readOwnPath } from './own-path';
import { renderPage } from './page';

const retrySeconds = '10';
const halfAnswerMilliseconds = 1_000;

export const notFound: RequestHandler = (_request, _response, next) => {
  next(new AppError('not_found'));
};

interface Field {
  readonly name: string;
  readonly value: string;
}

/** What was written in a form that could not be received now: the page keeps it, so that it can be sent again. */
function keepFields(request: Request, status: number): readonly Field[] | null {
  if (status !== 503 || request.method !== 'POST') return null;
  const body: unknown = request.body;
  return Object.entries(typeof body === 'object' && body !== null ? body : {}).flatMap(([name, values]) =>
    [values].flat().flatMap((value: unknown) => (typeof value === 'string' ? [{ name, value }] : [])),
  );
}

/** Signing in leads back to the page that was asked for. */
function signInAddress(request: Request): string {
  const next = request.method === 'GET' ? readOwnPath(request.originalUrl) : null;
  return next === null ? '/logg-inn' : `/logg-inn?${new URLSearchParams({ videre: next }).toString()}`;
}

/** Faults that come when an answer has begun, such as a session that cannot be kept: an answer that stays half is cut off. */
export function lateFaults(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (!response.headersSent) {
      next(thrown);
      return;
    }
    log.error({ requestId: response.locals.requestId, code: 'late', err: thrown });
    setTimeout(() => {
      if (!response.writableEnded) request.socket.destroy();
    }, halfAnswerMilliseconds).unref();
  };
}

/** The one error page: what happened, what to do, and a reference number for the log. Never a stack or a path. */
export function errorPage(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = toAppError(thrown);
    const { requestId, language } = response.locals;
    if (error.status >= 500) log.error({ requestId, code: error.code, err: error.details.cause ?? error });
    const { title, help } = describeFault(error, language);
    if (error.status === 503) response.setHeader('Retry-After', retrySeconds);
    response.setHeader('Cache-Control', 'no-store');
    renderPage(
      { request, response },
      'errors/error',
      { title, status: error.status },
      {
        help,
        signIn: error.code === 'sign_in_needed' ? signInAddress(request) : null,
        reference: error.status >= 500 ? requestId : null,
        kept: keepFields(request, error.status),
      },
    );
  };
}
