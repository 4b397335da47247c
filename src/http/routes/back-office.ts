import { Router } from 'express';
import type { Store } from 'express-session';
import type { Context } from '../../context';
import { identifyActor, protectForms, sessions } from '../session';
import { frontRoutes } from './front';
import { networkRoutes } from './networks';
import { resultRoutes } from './results';
import { signInRoutes } from './sign-in';
import { waveRoutes } from './waves';

/** Everything outside the survey itself: pages with a session, protected forms and rights. */
export function backOfficeRoutes(context: Context, store: Store): Router {
  const router = Router();
  router.use(sessions(context, store), identifyActor(context), protectForms);
  router.use(frontRoutes(context));
  router.use(signInRoutes(context));
  router.use(networkRoutes(context));
  router.use(waveRoutes(context));
  router.use(resultRoutes(context));
  return router;
}
