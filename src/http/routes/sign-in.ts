import { Router, type Request } from 'express';
import type { Context } from '../../context';
import { isEmail } from '../../domain/fieldwork/contact';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { mailedLinkMinutes } from '../../usecases/sign-in-link';
import { readSignInWays } from '../../usecases/visitor/read-sign-in-ways';
import { requestSignInLink } from '../../usecases/visitor/request-sign-in-link';
import { signIn } from '../../usecases/visitor/sign-in';
import { limitSignInMails, limitSignIns } from '../attempt-limits';
import { readField } from '../form-fields';
import { readOwnPath } from '../own-path';
import { renderPage, type Exchange } from '../page';
import { startSession } from '../session';
import { submitForm, type ShownFault } from '../submit-form';
import { seeOther } from '../see-other';

const landing = '/nettverk';
const nextName = 'videre';

function readNext(request: Request): string | null {
  return readOwnPath(request.query[nextName] ?? readField(request, nextName));
}

/**
 * Signing in: by a link that is mailed, or with a provider. GET of a link shows a button (mail scanners use nothing up),
 * POST uses the link.
 */
export function signInRoutes(context: Context): Router {
  const router = Router();
  const isSecure = context.config.publicUrl.startsWith('https:');
  router.get('/logg-inn', async (request, response) => {
    if (response.locals.actor.kind === 'person') seeOther(response, readNext(request) ?? landing);
    else await showSignIn(context, { request, response }, []);
  });
  router.post('/logg-inn', ...limitSignInMails(context), async (request, response) => {
    const email = readField(request, 'email');
    await submitForm(response, {
      submit: () => {
        if (isEmail(email.trim())) return Promise.resolve('/logg-inn/sendt');
        throw new AppError('form_faulty', { fields: [{ field: 'email', key: 'sign_in.fault.email' }] });
      },
      showAgain: (faults) => showSignIn(context, { request, response }, faults),
    });
    // The answer has gone: nothing about it, nor how long it took, tells whether the address is known.
    if (isEmail(email.trim())) await requestSignInLink(context, { email, next: readNext(request) });
  });
  router.get('/logg-inn/sendt', (request, response) => {
    const title = translate(response.locals.language, 'sign_in.sent');
    renderPage({ request, response }, 'sign-in/sent', { title }, { minutes: mailedLinkMinutes });
  });
  router.get('/logg-inn/:token', (request, response) => {
    const title = translate(response.locals.language, 'sign_in.title');
    renderPage({ request, response }, 'sign-in/confirm', { title });
  });
  router.post('/logg-inn/:token', limitSignIns(context), async (request, response) => {
    // A secure cookie would not be sent, and the link would be used up for nothing.
    if (isSecure && !request.secure) throw new AppError('proxy_not_trusted');
    const actor = await signIn(context, { token: String(request.params['token']) });
    await startSession(request, { actorId: actor.id, at: context.now() });
    seeOther(response, readNext(request) ?? landing);
  });
  return router;
}

async function showSignIn(
  context: Context,
  { request, response }: Exchange,
  faults: readonly ShownFault[],
): Promise<void> {
  const ways = await readSignInWays(context);
  const next = readNext(request);
  const query = next === null ? '' : `?${new URLSearchParams({ [nextName]: next }).toString()}`;
  const options = { title: translate(response.locals.language, 'sign_in.title') };
  renderPage({ request, response }, 'sign-in/sign-in', faults.length === 0 ? options : { ...options, status: 422 }, {
    ...ways,
    next,
    query,
    faults,
    email: readField(request, 'email'),
  });
}
