import { csrfSync } from 'csrf-sync';
import type { RequestHandler, Request } from 'express';
import session, { type Store } from 'express-session';
import type { Context } from '../context';
import { anonymous } from '../domain/permissions';
import { loadActor } from '../usecases/visitor/load-actor';

const hourMilliseconds = 3_600_000;

/** How long a session lasts when it is not used, and how long at most. */
export const sessionLimits = { idleMilliseconds: 2 * hourMilliseconds, absoluteMilliseconds: 12 * hourMilliseconds };

/**
 * Sessions of those who sign in, kept in the store; respondents have none.
 * @param context the process' context
 * @param store where sessions are kept
 * @returns middleware that fills in `request.session`
 */
export function sessions(context: Context, store: Store): RequestHandler {
  const isSecure = context.config.publicUrl.startsWith('https:');
  return session({
    store,
    secret: context.secrets.session.toString('hex'),
    name: isSecure ? '__Host-session' : 'session',
    resave: false,
    saveUninitialized: false,
    rolling: true,
    unset: 'destroy',
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: sessionLimits.idleMilliseconds },
  });
}

/** Finds out who asks: the session's actor, unless the absolute limit has passed, or lies ahead as the clock went back. */
export function identifyActor(context: Context): RequestHandler {
  return async (request, response, next) => {
    response.locals.actor = anonymous;
    const { actorId, signedInAt } = request.session;
    if (actorId !== undefined && signedInAt !== undefined) {
      const age = context.now().getTime() - signedInAt;
      if (Math.abs(age) < sessionLimits.absoluteMilliseconds) {
        response.locals.actor = await loadActor(context, actorId);
      }
    }
    next();
  };
}

const csrf = csrfSync({
  getTokenFromRequest: (request: Request): string | undefined => {
    const body: unknown = request.body;
    const token: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, '_csrf') : undefined;
    return typeof token === 'string' ? token : undefined;
  },
});

/**
 * Demands the form's token with every state change of somebody who is signed in. Nobody else has anything that another
 * site could misuse: their forms ask for a link, or use one up whose address is itself the secret, and
 * `refuseCrossSitePosts` keeps other sites from signing a visitor in as somebody else.
 */
export const protectForms: RequestHandler = (request, response, next) => {
  if (response.locals.actor.kind === 'person') csrf.csrfSynchronisedProtection(request, response, next);
  else next();
};

/**
 * Starts a fresh session for somebody who has just signed in: the identifier changes, so that a fixed one is worthless.
 * @param request the request whose session is replaced
 * @param signedIn actor and time; after a provider vouched for the actor, its key and sealed token
 */
export async function startSession(
  request: Request,
  signedIn: { actorId: string; at: Date; provider?: { key: string; sealedIdToken: string } },
): Promise<void> {
  await finish((done) => request.session.regenerate(done), 'the session could not be renewed');
  request.session.actorId = signedIn.actorId;
  request.session.signedInAt = signedIn.at.getTime();
  if (signedIn.provider !== undefined) {
    request.session.providerKey = signedIn.provider.key;
    request.session.sealedIdToken = signedIn.provider.sealedIdToken;
  }
  csrf.generateToken(request);
  // express-session sends the head of a reply before it saves: without this the page redirected to may find no session.
  await finish((done) => request.session.save(done), 'the session could not be saved');
}

/**
 * Ends the session here and in the store. When a provider vouched for the person, a fresh session that belongs to nobody
 * remembers by what token they can sign out there too.
 * @param request the request whose session ends
 * @returns true when the person came through a provider
 */
export async function endSession(request: Request): Promise<boolean> {
  const { actorId, providerKey, sealedIdToken } = request.session;
  if (actorId === undefined || providerKey === undefined || sealedIdToken === undefined) {
    await finish((done) => request.session.destroy(done), 'the session could not be ended');
    return false;
  }
  await finish((done) => request.session.regenerate(done), 'the session could not be ended');
  Object.assign(request.session, { providerKey, sealedIdToken });
  await finish((done) => request.session.save(done), 'the session could not be saved');
  return true;
}

async function finish(step: (done: (fault?: unknown) => void) => unknown, message: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    step((fault) => {
      if (fault === undefined || fault === null) resolve();
      else reject(fault instanceof Error ? fault : new Error(message));
    });
  });
}
