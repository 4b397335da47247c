import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError, type ErrorCode } from '../errors';
import { isTextKey, translate } from '../texts/translate';
import { renderPage } from './page';

/** Errors of Express and its parsers, by their type. */
const parserFaults: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'body_too_large',
  'parameters.too.many': 'body_too_large',
};

const databaseFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08006',
]);

/** pg and knex tell the loss of a connection in words only, without a code. */
const lostConnection = /Connection terminated|Connection ended|is not queryable|Connection Error/;

function isDatabaseLost(error: unknown): boolean {
  return (
    databaseFaults.has(String(property(error, 'code'))) ||
    property(error, 'name') === 'KnexTimeoutError' ||
    lostConnection.test(String(property(error, 'message')))
  );
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/**
 * Turns whatever was thrown into an error of the catalogue.
 * @param error anything
 * @returns the error itself when it is one already; faults of the request or of the database by kind; else `unexpected`
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const parserFault = parserFaults[String(property(error, 'type'))];
  if (parserFault !== undefined) return new AppError(parserFault, { cause: error });
  if (isDatabaseLost(error)) return new AppError('database_unavailable', { cause: error });
  if (property(error, 'code') === 'EBADCSRFTOKEN') return new AppError('form_expired', { cause: error });
  const status = property(error, 'status');
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('bad_request', { cause: error });
  return new AppError('unexpected', { cause: error });
}

export const notFound: RequestHandler = (_request, _response, next) => {
  next(new AppError('not_found'));
};

/** The one error page: what happened, what to do, and a reference number for the log. Never a stack or a path. */
export function errorPage(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = toAppError(thrown);
    const { requestId, language } = response.locals;
    if (error.status >= 500) log.error({ requestId, code: error.code, err: error.details.cause ?? error });
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const text = (suffix: string): string => {
      const key = `error.${error.code}${suffix}`;
      return isTextKey(key)
        ? translate(language, key, error.details.values ?? {})
        : translate(language, 'error.unexpected');
    };
    if (error.status === 503) response.setHeader('Retry-After', '10');
    response.setHeader('Cache-Control', 'no-store');
    renderPage(
      { request, response },
      'errors/error',
      { title: text(''), status: error.status },
      { help: text('.help'), reference: error.status >= 500 ? requestId : null },
    );
  };
}
