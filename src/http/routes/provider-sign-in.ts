import { Router } from 'express';
import type { Context } from '../../context';
import { deriveSealingKey, nonceBytes, openSealed, sealText } from '../../domain/identity/seal';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { linkIdentity } from '../../usecases/person/link-identity';
import { beginProviderSignIn } from '../../usecases/visitor/begin-provider-sign-in';
import { finishProviderSignIn } from '../../usecases/visitor/finish-provider-sign-in';
import { leaveProvider } from '../../usecases/visitor/leave-provider';
import { readProviderKeys } from '../../usecases/visitor/read-provider-keys';
import { limitProviderSignIns } from '../attempt-limits';
import { dropBegunSignIn, keepBegunSignIn, readBegunSignIn, type BegunInBrowser } from '../begun-sign-in';
import { readOwnPath } from '../own-path';
import { renderPage, type Exchange } from '../page';
import { seeOther } from '../see-other';
import { endSession, startSession } from '../session';

/** Signing in with a provider, and signing out here and there. */
export function providerSignInRoutes(context: Context): Router {
  const router = Router();
  router.get('/logg-inn/leverandor/:provider', limitProviderSignIns(context), async (request, response) => {
    const providerKey = String(request.params['provider']);
    const { url, checks } = await beginProviderSignIn(context, { providerKey });
    const next = readOwnPath(request.query['videre']);
    keepBegunSignIn(context, response, { ...checks, providerKey, next, linkTo: null, url });
    response.redirect(302, url);
  });
  // The provider sends people here by GET; it is the only GET that signs in, and counts once.
  router.get('/logg-inn/leverandor/:provider/retur', limitProviderSignIns(context), async (request, response) => {
    if (context.config.publicUrl.startsWith('https:') && !request.secure) throw new AppError('proxy_not_trusted');
    const started = readBegunSignIn(context, request);
    dropBegunSignIn(context, response);
    await finish(context, { request, response }, started);
  });
  router.get('/logg-inn/leverandor/:provider/nokler.json', async (request, response) => {
    response.json(await readProviderKeys(context, { providerKey: request.params.provider }));
  });
  router.post('/logg-ut', async (request, response) => {
    seeOther(response, (await endSession(request)) ? '/logg-ut/leverandor' : '/');
  });
  router.get('/logg-ut/leverandor', async (request, response) => {
    const left = await findExit(context, { request, response });
    if (left === null) seeOther(response, '/');
    else {
      const title = translate(response.locals.language, 'sign_out.title');
      renderPage({ request, response }, 'sign-in/signed-out', { title }, { name: left.name });
    }
  });
  // A page holds no token: this address leads on with it. (A form that leads to another site would be stopped by the browser.)
  router.get('/logg-ut/leverandor/videre', async (request, response) => {
    response.redirect(302, (await findExit(context, { request, response }))?.url ?? '/');
  });
  return router;
}

async function finish(
  context: Context,
  { request, response }: Exchange,
  started: BegunInBrowser | null,
): Promise<void> {
  const { actor, language } = response.locals;
  const providerKey = String(request.params['provider']);
  const url = `${context.config.publicUrl}${request.originalUrl}`;
  if (started !== null && started.linkTo !== null) {
    if (actor.kind !== 'person' || actor.id !== started.linkTo) throw new AppError('sign_in_needed');
    await linkIdentity(context, actor, { providerKey, url, started });
    seeOther(response, '/konto');
    return;
  }
  const signedIn = await finishProviderSignIn(context, { providerKey, url, started, language });
  const sealedIdToken = sealText(tokenKey(context), context.randomBytes(nonceBytes), signedIn.idToken);
  await startSession(request, {
    actorId: signedIn.actor.id,
    at: context.now(),
    provider: { key: providerKey, sealedIdToken: sealedIdToken.toString('base64') },
  });
  seeOther(response, started?.next ?? '/nettverk');
}

function tokenKey({ secrets }: Context): Buffer {
  return deriveSealingKey(secrets.sealing, 'session token');
}

/** Only somebody who has signed out here is led on. */
async function findExit(context: Context, { request }: Exchange): ReturnType<typeof leaveProvider> {
  const { actorId, providerKey, sealedIdToken } = request.session;
  if (actorId !== undefined || providerKey === undefined || sealedIdToken === undefined) return null;
  const idToken = openSealed(tokenKey(context), Buffer.from(sealedIdToken, 'base64'));
  return idToken === null ? null : leaveProvider(context, { providerKey, idToken });
}
