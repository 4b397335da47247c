import type { RequestHandler } from 'express';
import { AppError } from '../errors';

/** Far longer than any address of ours. */
const longestAddress = 2_000;
const formType = 'application/x-www-form-urlencoded';

/** Refuses addresses that no link of ours has: too long, or without the slash that middleware relies on. */
export const refuseOddAddresses: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length > longestAddress) next(new AppError('url_too_long'));
  else next(request.path.startsWith('/') ? undefined : new AppError('bad_request'));
};

/** Refuses bodies that are not forms: they would be taken for empty ones. */
export const refuseOtherBodies: RequestHandler = (request, _response, next) => {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
  const hasBody = encoding !== undefined || Number(length) > 0;
  next(hasBody && request.is(formType) === false ? new AppError('content_type_unknown') : undefined);
};
