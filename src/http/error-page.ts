import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors';
import { isTextKey, translate } from '../texts/translate';
import { toAppError } from './fault-kinds';
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
    const text = (suffix: string): string => {
      const key = `error.${error.code}${suffix}`;
      return isTextKey(key)
        ? translate(language, key, error.details.values ?? {})
        : translate(language, 'error.unexpected');
    };
    if (error.status === 503) response.setHeader('Retry-After', retrySeconds);
    response.setHeader('Cache-Control', 'no-store');
    renderPage(
      { request, response },
      'errors/error',
      { title: text(''), status: error.status },
      {
        help: text('.help'),
        reference: error.status >= 500 ? requestId : null,
        kept: keepFields(request, error.status),
      },
    );
  };
}
