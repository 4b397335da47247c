import { Router } from 'express';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { signIn } from '../../usecases/visitor/sign-in';
import { limitSignIns } from '../attempt-limits';
import { renderPage } from '../page';
import { endSession, startSession } from '../session';
import { seeOther } from '../see-other';

/** Sign-in by a personal link: GET shows a button (mail scanners use nothing up), POST uses the link. */
export function signInRoutes(context: Context): Router {
  const router = Router();
  const isSecure = context.config.publicUrl.startsWith('https:');
  router.get('/logg-inn/:token', (request, response) => {
    const title = translate(response.locals.language, 'sign_in.title');
    renderPage({ request, response }, 'sign-in/confirm', { title });
  });
  router.post('/logg-inn/:token', limitSignIns(context), async (request, response) => {
    // A secure cookie would not be sent, and the link would be used up for nothing.
    if (isSecure && !request.secure) throw new AppError('proxy_not_trusted');
    const actor = await signIn(context, { token: String(request.params['token']) });
    await startSession(request, { actorId: actor.id, at: context.now() });
    seeOther(response, '/nettverk');
  });
  router.post('/logg-ut', async (request, response) => {
    await endSession(request);
    seeOther(response, '/');
  });
  return router;
}
