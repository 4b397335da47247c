import { csrfSync } from 'csrf-sync';
import type { RequestHandler, Request } from 'express';
import session, { type Store } from 'express-session';
import type { Context } from '../context';
import { anonymous } from '../domain/permissions';
import { loadActor } from '../usecases/visitor/load-actor';

const idleHours = 2;
const absoluteHours = 12;
const hourMilliseconds = 3_600_000;

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
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/', maxAge: idleHours * hourMilliseconds },
  });
}

/** Finds out who asks: the session's actor, unless the absolute limit has passed, or lies ahead as the clock went back. */
export function identifyActor(context: Context): RequestHandler {
  return async (request, response, next) => {
    response.locals.actor = anonymous;
    const { actorId, signedInAt } = request.session;
    if (actorId !== undefined && signedInAt !== undefined) {
      const age = context.now().getTime() - signedInAt;
      if (Math.abs(age) < absoluteHours * hourMilliseconds) {
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
 * Demands the form's token with every state change of somebody who is signed in. Nobody else has a session: the only
 * other form is the sign-in page, whose address is itself the secret.
 */
export const protectForms: RequestHandler = (request, response, next) => {
  if (response.locals.actor.kind === 'person') csrf.csrfSynchronisedProtection(request, response, next);
  else next();
};

/**
 * Starts a fresh session for somebody who has just signed in: the identifier changes, so that a fixed one is worthless.
 * @param request the request whose session is replaced
 * @param signedIn actor and time
 */
export async function startSession(request: Request, signedIn: { actorId: string; at: Date }): Promise<void> {
  await finish((done) => request.session.regenerate(done), 'the session could not be renewed');
  request.session.actorId = signedIn.actorId;
  request.session.signedInAt = signedIn.at.getTime();
  csrf.generateToken(request);
  // express-session sends the head of a reply before it saves: without this the page redirected to may find no session.
  await finish((done) => request.session.save(done), 'the session could not be saved');
}

/** Ends the session here and in the store. */
export async function endSession(request: Request): Promise<void> {
  await finish((done) => request.session.destroy(done), 'the session could not be ended');
}

async function finish(step: (done: (fault?: unknown) => void) => unknown, message: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    step((fault) => {
      if (fault === undefined || fault === null) resolve();
      else reject(fault instanceof Error ? fault : new Error(message));
    });
  });
}
