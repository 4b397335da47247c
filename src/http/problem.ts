import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Problem } from '../formats/api/estimates-answer';
import { describeFault } from './describe-fault';
import { toAppError } from './fault-kinds';

/** What the API answers when it has nothing to give: the same faults as the error page, for programs (RFC 9457). */
export function problems(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const error = toAppError(thrown);
    const { requestId, language } = response.locals;
    if (error.status >= 500) log.error({ requestId, code: error.code, err: error.details.cause ?? error });
    const { title, help } = describeFault(error, language);
    const problem: Problem = { type: 'about:blank', title, detail: help, status: error.status, code: error.code };
    response.status(error.status).type('application/problem+json').send(JSON.stringify(problem));
  };
}
