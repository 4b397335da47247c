import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { AppError } from '../errors';

const minuteMilliseconds = 60_000;
/** A whole town hall may sit behind one address when the mail arrives. */
const exchangesPerWindow = 600;
const exchangeWindowMinutes = 5;
const unknownLinksPerWindow = 60;
const unknownLinkWindowMinutes = 15;

function limit(options: { limit: number; minutes: number; countsOnlyFailures: boolean }): RequestHandler {
  return rateLimit({
    windowMs: options.minutes * minuteMilliseconds,
    limit: options.limit,
    skipSuccessfulRequests: options.countsOnlyFailures,
    standardHeaders: false,
    legacyHeaders: false,
    // Whether a proxy is trusted is the configuration's decision, not a header's.
    validate: { xForwardedForHeader: false, trustProxy: false },
    handler: (_request, _response, next) => {
      next(new AppError('too_many_requests'));
    },
  });
}

/** Limits how many links one network address exchanges for a cookie. */
export function limitExchanges(): RequestHandler {
  return limit({ limit: exchangesPerWindow, minutes: exchangeWindowMinutes, countsOnlyFailures: false });
}

/** Limits how many links that do not work one network address may try. */
export function limitUnknownLinks(): RequestHandler {
  return limit({ limit: unknownLinksPerWindow, minutes: unknownLinkWindowMinutes, countsOnlyFailures: true });
}
