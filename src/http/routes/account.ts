import { Router } from 'express';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { changeAccount } from '../../usecases/person/change-account';
import { endOwnSessions } from '../../usecases/person/end-own-sessions';
import { readAccount } from '../../usecases/person/read-account';
import { unlinkIdentity } from '../../usecases/person/unlink-identity';
import { beginProviderSignIn } from '../../usecases/visitor/begin-provider-sign-in';
import { keepBegunSignIn, readBegunSignIn } from '../begun-sign-in';
import { readField } from '../form-fields';
import { languageOptions, rememberLanguage } from '../language';
import { renderPage, type Exchange } from '../page';
import { createAccountView } from '../pages/account-page';
import { readNotice, withNotice } from '../pages/notices';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { sessionLimits } from '../session';
import { submitForm, type ShownFault } from '../submit-form';

const path = '/konto';

/** What somebody who is signed in sees and decides about themselves. */
export function accountRoutes(context: Context): Router {
  const router = Router();
  router.get(path, (request, response) => showAccount(context, { request, response }, []));
  router.post(path, async (request, response) => {
    const input = { name: readField(request, 'name'), language: readField(request, 'language') };
    await submitForm(response, {
      submit: async () => {
        const language = await changeAccount(context, response.locals.actor, input);
        rememberLanguage(response, language, context.config.publicUrl.startsWith('https:'));
        return withNotice(path, 'notice.account_saved');
      },
      showAgain: (faults) => showAccount(context, { request, response }, faults),
    });
  });
  addSessionRoutes(router, context);
  addIdentityRoutes(router, context);
  return router;
}

function addSessionRoutes(router: Router, context: Context): void {
  router.post(`${path}/okter/avslutt-andre`, async (request, response) => {
    await endOwnSessions(context, response.locals.actor, { exceptSecret: request.sessionID });
    seeOther(response, withNotice(path, 'notice.sessions_ended'));
  });
  router.post(`${path}/okter/:session/avslutt`, async (request, response) => {
    await endOwnSessions(context, response.locals.actor, { sessionId: request.params.session });
    seeOther(response, withNotice(path, 'notice.sessions_ended'));
  });
}

function addIdentityRoutes(router: Router, context: Context): void {
  router.post(`${path}/identiteter/:identity/fjern`, async (request, response) => {
    await unlinkIdentity(context, response.locals.actor, { identityId: request.params.identity });
    seeOther(response, withNotice(path, 'notice.identity_removed'));
  });
  router.post(`${path}/leverandor/:provider`, async (request, response) => {
    const { actor } = response.locals;
    if (actor.kind !== 'person') throw new AppError('sign_in_needed');
    const providerKey = request.params.provider;
    const { url, checks } = await beginProviderSignIn(context, { providerKey });
    keepBegunSignIn(context, response, { ...checks, providerKey, next: null, linkTo: actor.id, url });
    seeOther(response, `${path}/leverandor/${encodeURIComponent(providerKey)}`);
  });
  // Browsers stop a form that leads on to another site; a link on a page of ours does not.
  router.get(`${path}/leverandor/:provider`, (request, response) => {
    const { actor, language } = response.locals;
    if (actor.kind !== 'person') throw new AppError('sign_in_needed');
    const begun = readBegunSignIn(context, request);
    if (begun?.providerKey !== request.params.provider || begun.linkTo !== actor.id) seeOther(response, path);
    else {
      const title = translate(language, 'account.link.title');
      renderPage({ request, response }, 'account/link', { title }, { url: begun.url });
    }
  });
}

async function showAccount(
  context: Context,
  { request, response }: Exchange,
  faults: readonly ShownFault[],
): Promise<void> {
  const { actor, language } = response.locals;
  const account = await readAccount(context, actor, { ...sessionLimits, sessionSecret: request.sessionID });
  const words = createWords(language);
  const hasFaults = faults.length > 0;
  renderPage(
    { request, response },
    'account/account',
    { title: words.t('layout.account'), ...(hasFaults ? { status: 422 } : {}) },
    {
      view: createAccountView(account, words),
      notice: readNotice(request),
      faults,
      form: hasFaults
        ? { name: readField(request, 'name'), language: readField(request, 'language') }
        : { name: account.person.name, language: account.person.language },
      languageOptions,
    },
  );
}
