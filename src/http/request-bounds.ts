import type { RequestHandler } from 'express';
import { AppError } from '../errors';

/** Far longer than any address of ours. */
const longestAddress = 2_000;

/** Refuses addresses that no link of ours has: too long, or without the slash that middleware relies on. */
export const refuseOddAddresses: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length > longestAddress) next(new AppError('url_too_long'));
  else next(request.path.startsWith('/') ? undefined : new AppError('bad_request'));
};
