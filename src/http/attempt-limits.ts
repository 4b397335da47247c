import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Context } from '../context';
import { AppError } from '../errors';
import { countAttempt, type AttemptRule } from '../usecases/visitor/count-attempt';
import { readField } from './form-fields';
import { maskAddress } from './mask-address';

const minuteMilliseconds = 60_000;
/** A whole town hall may sit behind one address when the mail arrives. */
const exchanges: AttemptRule = { name: 'exchange', most: 600, windowMilliseconds: 5 * minuteMilliseconds };
const unknownLinks: AttemptRule = { name: 'unknown link', most: 60, windowMilliseconds: 15 * minuteMilliseconds };
const withdrawals: AttemptRule = { name: 'withdrawal', most: 30, windowMilliseconds: 15 * minuteMilliseconds };
const signIns: AttemptRule = { name: 'sign-in', most: 20, windowMilliseconds: minuteMilliseconds };
/** Each sign-in with a provider counts twice, and a whole town hall may begin the day at once. */
const providerSignIns: AttemptRule = {
  name: 'provider sign-in',
  most: 300,
  windowMilliseconds: 5 * minuteMilliseconds,
};
/** Whoever has written ten addresses has either none or all of them. */
const mailsAsked: AttemptRule = { name: 'sign-in mail', most: 10, windowMilliseconds: 15 * minuteMilliseconds };
const mailsToOne: AttemptRule = { name: 'sign-in mail to', most: 5, windowMilliseconds: 15 * minuteMilliseconds };

/** Addresses that a process remembers to refuse; beyond that it asks the database again. */
const mostRefused = 10_000;

/** What is over its limit is refused until its window ends, without asking the database again. */
interface Limit {
  readonly isRefused: (request: Request) => boolean;
  /** Counts one attempt; a database that does not answer refuses nobody. */
  readonly isTooMany: (request: Request) => Promise<boolean>;
}

const networkAddress = (request: Request): string => maskAddress(request.ip);

/** The mail address in the form; like a network address it is counted under a hash and stored nowhere. */
const mailAddress = (request: Request): string => readField(request, 'email').toLowerCase().slice(0, 254);

function createLimit(context: Context, rule: AttemptRule, readAddress = networkAddress): Limit {
  const refusedUntil = new Map<string, number>();
  return {
    isRefused: (request) => {
      const until = refusedUntil.get(readAddress(request));
      const left = (until ?? 0) - context.now().getTime();
      return left > 0 && left <= rule.windowMilliseconds;
    },
    isTooMany: async (request) => {
      const address = readAddress(request);
      try {
        const { isTooMany, windowEndsAt } = await countAttempt(context, { rule, address });
        if (!isTooMany) return false;
        if (refusedUntil.size >= mostRefused) refusedUntil.clear();
        refusedUntil.set(address, windowEndsAt.getTime());
        return true;
      } catch (fault) {
        context.log.warn({ err: fault, limit: rule.name });
        return false;
      }
    },
  };
}

function limitAttempts(context: Context, rule: AttemptRule, readAddress = networkAddress): RequestHandler {
  const limit = createLimit(context, rule, readAddress);
  return async (request, _response, next) => {
    const isTooMany = limit.isRefused(request) || (await limit.isTooMany(request));
    next(isTooMany ? new AppError('too_many_requests') : undefined);
  };
}

/** Limits how many links one network address exchanges for a cookie. */
export function limitExchanges(context: Context): RequestHandler {
  return limitAttempts(context, exchanges);
}

/** Limits how many receipt codes one network address tries; finding and deleting a response takes two. */
export function limitWithdrawals(context: Context): RequestHandler {
  return limitAttempts(context, withdrawals);
}

/** Limits how often one network address tries to sign in. */
export function limitSignIns(context: Context): RequestHandler {
  return limitAttempts(context, signIns);
}

/** Limits how often one network address goes to a provider and comes back. */
export function limitProviderSignIns(context: Context): RequestHandler {
  return limitAttempts(context, providerSignIns);
}

/** Limits how often sign-in links are asked for: by one network address, and to one mail address, known here or not. */
export function limitSignInMails(context: Context): readonly RequestHandler[] {
  return [limitAttempts(context, mailsAsked), limitAttempts(context, mailsToOne, mailAddress)];
}

/**
 * Limits how many links that do not work one network address may try. Links that work cost no question.
 * @param context the process' context
 * @returns refuse: before the link is looked up; count: after a fault
 */
export function limitUnknownLinks(context: Context): { refuse: RequestHandler; count: ErrorRequestHandler } {
  const limit = createLimit(context, unknownLinks);
  return {
    refuse: (request, _response, next) => {
      next(limit.isRefused(request) ? new AppError('too_many_requests') : undefined);
    },
    count: async (thrown: unknown, request, _response, next) => {
      const isUnknown = thrown instanceof AppError && thrown.code === 'link_unknown';
      next(isUnknown && (await limit.isTooMany(request)) ? new AppError('too_many_requests') : thrown);
    },
  };
}
