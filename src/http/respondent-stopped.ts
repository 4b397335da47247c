import type { ErrorRequestHandler, Request, Response } from 'express';
import { isLanguage } from '../domain/languages';
import type { ErrorCode } from '../errors';
import { translate } from '../texts/translate';
import { toAppError } from './fault-kinds';
import { renderPage } from './page';
import { preferLanguage } from './respondent-language';

const reasons = [
  'link_unknown',
  'link_used',
  'link_expired',
  'already_answered',
  'wave_not_open',
  'no_cookie',
  'other_form',
] as const;
type Reason = (typeof reasons)[number];

const autosavePath = '/undersokelse/lagre';

function isReason(code: ErrorCode): code is ErrorCode & Reason {
  return reasons.some((reason) => reason === code);
}

/**
 * Answers a respondent who cannot go on: what has happened, what to do, whom to ask.
 * @param exchange request and response
 * @param stop why, HTTP status, and whom to ask when that is known
 */
export function renderStopped(
  { request, response }: { request: Request; response: Response },
  stop: { reason: Reason; status: number; contactName?: string; contactEmail?: string },
): void {
  const { language } = response.locals;
  const title = translate(language, `respondent.stopped.${stop.reason}`);
  const help = translate(language, `respondent.stopped.${stop.reason}.help`);
  if (request.originalUrl === autosavePath) {
    response.status(stop.status).json({ message: title });
    return;
  }
  renderPage(
    { request, response },
    'respondent/stopped',
    { title, status: stop.status },
    {
      help,
      contactName: stop.contactName ?? '',
      contactEmail: stop.contactEmail ?? '',
    },
  );
}

/** Errors that a respondent can meet get a page of their own; the rest goes on to the common one. */
export const stoppedPage: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  const error = toAppError(thrown);
  if (response.headersSent) {
    next(thrown);
  } else if (isReason(error.code)) {
    const { contactName = '', contactEmail = '', language } = error.details.values ?? {};
    if (isLanguage(language)) preferLanguage({ request, response }, language);
    renderStopped(
      { request, response },
      {
        reason: error.code,
        status: error.status,
        contactName: String(contactName),
        contactEmail: String(contactEmail),
      },
    );
  } else if (request.originalUrl === autosavePath && error.code !== 'unexpected') {
    response.status(error.status).json({ message: translate(response.locals.language, 'respondent.status.failed') });
  } else {
    next(thrown);
  }
};
