import { Router } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { readFront } from '../../usecases/visitor/read-front';
import { createDemoLink, isDemoRole } from '../../usecases/visitor/create-demo-link';
import { AppError } from '../../errors';
import { renderPage } from '../page';
import { seeOther } from '../see-other';

/** The front page in plain words, with ways in to the demo where there is one. */
export function frontRoutes(context: Context): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const { isDemo, minutes } = await readFront(context);
    const title = translate(response.locals.language, 'front.title');
    renderPage({ request, response }, 'front/front-page', { title, isDemo }, { isDemo, minutes });
  });
  router.post('/demo/:role', async (request, response) => {
    const role: unknown = request.params['role'];
    if (!isDemoRole(role)) throw new AppError('not_found');
    seeOther(response, await createDemoLink(context, role));
  });
  return router;
}
