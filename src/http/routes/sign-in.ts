import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { signIn } from '../../usecases/visitor/sign-in';
import { renderPage } from '../page';
import { endSession, startSession } from '../session';

const attemptsPerMinute = 20;

/** Sign-in by a personal link: GET shows a button (mail scanners use nothing up), POST uses the link. */
export function signInRoutes(context: Context): Router {
  const router = Router();
  const isSecure = context.config.publicUrl.startsWith('https:');
  const limit = rateLimit({
    windowMs: 60_000,
    limit: attemptsPerMinute,
    standardHeaders: true,
    legacyHeaders: false,
    handler: (_request, _response, next) => {
      next(new AppError('too_many_requests'));
    },
  });
  router.get('/logg-inn/:token', (request, response) => {
    const title = translate(response.locals.language, 'sign_in.title');
    renderPage({ request, response }, 'sign-in/confirm', { title }, { token: request.params.token });
  });
  router.post('/logg-inn/:token', limit, async (request, response) => {
    // A secure cookie would not be sent, and the link would be used up for nothing.
    if (isSecure && !request.secure) throw new AppError('proxy_not_trusted');
    const actor = await signIn(context, { token: String(request.params['token']) });
    await startSession(request, { actorId: actor.id, at: context.now() });
    response.redirect(303, '/nettverk');
  });
  router.post('/logg-ut', async (request, response) => {
    await endSession(request);
    response.redirect(303, '/');
  });
  return router;
}
