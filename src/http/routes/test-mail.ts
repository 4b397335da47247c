import { Router } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { checkTestMailLink, confirmTestMail } from '../../usecases/visitor/confirm-test-mail';
import { renderPage } from '../page';
import { seeOther } from '../see-other';

/** Where the link of a test mail leads: GET shows a button (mail scanners confirm nothing), POST notes the arrival. */
export function testMailRoutes(context: Context): Router {
  const router = Router();
  router.get('/testpost', (request, response) => {
    const title = translate(response.locals.language, 'test_mail.received');
    renderPage({ request, response }, 'mail/test-received', { title });
  });
  router.get('/testpost/:token', (request, response) => {
    checkTestMailLink(context, request.params.token);
    const title = translate(response.locals.language, 'test_mail.title');
    renderPage({ request, response }, 'mail/test-confirm', { title });
  });
  router.post('/testpost/:token', async (request, response) => {
    await confirmTestMail(context, request.params.token);
    seeOther(response, '/testpost');
  });
  return router;
}
