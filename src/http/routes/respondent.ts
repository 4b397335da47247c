import { Router } from 'express';
import type { Context } from '../../context';
import { openInvitation } from '../../usecases/respondent/open-invitation';
import { startAnswering } from '../../usecases/respondent/start-answering';
import { pagePath, reviewPath } from '../pages/respondent/page-path';
import { buildStartPage } from '../pages/respondent/start-page';
import { limitExchanges, limitUnknownLinks } from '../attempt-limits';
import { renderPage, type Exchange } from '../page';
import { setRespondentCookie } from '../respondent-cookie';
import { identifyRespondent, requireOwnForm } from '../respondent-identity';
import { preferLanguage } from '../respondent-language';
import { stoppedPage } from '../respondent-stopped';
import { seeOther } from '../see-other';
import { addRespondentPageRoutes } from './respondent-pages';
import { addRespondentSendingRoutes } from './respondent-sending';
import { withdrawalRoutes } from './withdrawal';

/**
 * Everything a respondent meets: page 1 behind the personal link, then pages at addresses without a token.
 * @param context the process' context
 */
export function respondentRoutes(context: Context): Router {
  const router = Router();
  const unknownLinks = limitUnknownLinks(context);
  router.get('/svar/:token', unknownLinks.refuse, (request, response) => showStart(context, { request, response }));
  router.post('/svar/:token', unknownLinks.refuse, limitExchanges(context), async (request, response) => {
    const { page, ...respondent } = await startAnswering(context, String(request.params['token']));
    setRespondentCookie(context, response, respondent);
    seeOther(response, page === null ? reviewPath : pagePath(page));
  });

  router.use('/undersokelse', identifyRespondent(context));
  router.post('/undersokelse/{*path}', requireOwnForm(context));
  addRespondentPageRoutes(router, context);
  addRespondentSendingRoutes(router, context);
  router.use(withdrawalRoutes(context));
  router.use('/svar', unknownLinks.count);
  router.use(['/svar', '/undersokelse'], stoppedPage);
  return router;
}

async function showStart(context: Context, { request, response }: Exchange): Promise<void> {
  const opened = await openInvitation(context, String(request.params['token']));
  preferLanguage({ request, response }, opened.language);
  const model = buildStartPage(opened, response.locals.language);
  const options = { title: model.heading, isDemo: opened.invitation.network.isDemo };
  renderPage({ request, response }, 'respondent/start', options, model);
}
