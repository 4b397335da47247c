import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { findResumePage } from '../../domain/fieldwork/questionnaire-state';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import type { Questionnaire } from '../../usecases/load-questionnaire';
import { openInvitation } from '../../usecases/respondent/open-invitation';
import { readQuestionnaire } from '../../usecases/respondent/read-questionnaire';
import { readReceipt } from '../../usecases/respondent/read-receipt';
import { saveDraft, type SavedPage } from '../../usecases/respondent/save-draft';
import { startAnswering } from '../../usecases/respondent/start-answering';
import { submitResponse } from '../../usecases/respondent/submit-response';
import { buildAutosaveReply } from '../pages/respondent/autosave-reply';
import { pagePath, reviewPath } from '../pages/respondent/page-path';
import { buildQuestionPage, type QuestionPageInput } from '../pages/respondent/question-page';
import { buildReview } from '../pages/respondent/review-page';
import { buildStartPage } from '../pages/respondent/start-page';
import { limitExchanges, limitUnknownLinks } from '../attempt-limits';
import { renderPage } from '../page';
import { makeFormKey, setRespondentCookie } from '../respondent-cookie';
import { readRespondentForm, type RespondentForm } from '../respondent-form';
import { identifyRespondent, requireOwnForm } from '../respondent-identity';
import { chosenLanguage, preferLanguage } from '../respondent-language';
import { stoppedPage } from '../respondent-stopped';
import { noStore } from '../security';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/**
 * Everything a respondent meets: page 1 behind the personal link, then pages at addresses without a token.
 * @param context the process' context
 */
export function respondentRoutes(context: Context): Router {
  const router = Router();
  const paths = ['/svar', '/undersokelse'];
  const unknownLinks = limitUnknownLinks(context);
  router.use(paths, noStore);

  router.get('/svar/:token', unknownLinks.refuse, (request, response) => showStart(context, { request, response }));
  router.post('/svar/:token', unknownLinks.refuse, limitExchanges(context), async (request, response) => {
    const { page, ...respondent } = await startAnswering(context, String(request.params['token']));
    setRespondentCookie(context, response, respondent);
    response.redirect(303, page === null ? reviewPath : pagePath(page));
  });

  router.use('/undersokelse', identifyRespondent(context));
  router.get('/undersokelse', (request, response) => resume(context, { request, response }));
  router.get('/undersokelse/side/:page', (request, response) => showPage(context, { request, response }));
  router.get('/undersokelse/oversikt', (request, response) => showReview(context, { request, response }));
  router.get('/undersokelse/send', (_request, response) => {
    response.redirect(303, reviewPath);
  });
  router.get('/undersokelse/kvittering', (request, response) => showReceipt(context, { request, response }));
  router.post('/undersokelse/{*path}', requireOwnForm(context));
  router.post('/undersokelse/side/:page', (request, response) => savePage(context, { request, response }));
  router.post('/undersokelse/lagre', (request, response) => autosave(context, { request, response }));
  router.post('/undersokelse/send', (request, response) => send(context, { request, response }));
  router.use('/svar', unknownLinks.count);
  router.use(paths, stoppedPage);
  return router;
}

async function showStart(context: Context, { request, response }: Exchange): Promise<void> {
  const opened = await openInvitation(context, String(request.params['token']));
  preferLanguage({ request, response }, opened.language);
  const model = buildStartPage(opened, response.locals.language);
  const options = { title: model.heading, isDemo: opened.invitation.network.isDemo };
  renderPage({ request, response }, 'respondent/start', options, model);
}

async function resume(context: Context, { response }: Exchange): Promise<void> {
  const { state, draft } = await readQuestionnaire(context, response.locals.invitationId);
  const page = findResumePage(state, draft?.page ?? null);
  response.redirect(303, page === null ? reviewPath : pagePath(page.name));
}

async function showPage(context: Context, { request, response }: Exchange): Promise<void> {
  const questionnaire = await readQuestionnaire(context, response.locals.invitationId);
  const page = questionnaire.instrument.pages.find(({ name }) => name === request.params['page']);
  if (page === undefined) throw new AppError('not_found');
  if (!questionnaire.state.pages.includes(page)) {
    response.redirect(303, '/undersokelse');
    return;
  }
  const opened = request.query['opened'];
  renderQuestions(
    context,
    { request, response },
    {
      questionnaire,
      page,
      isFromReview: request.query['from'] === 'review',
      isSaved: request.query['saved'] === '1',
      opened: typeof opened === 'string' ? opened.split(',') : [],
    },
  );
}

function renderQuestions(
  context: Context,
  { request, response }: Exchange,
  input: Omit<QuestionPageInput, 'language' | 'formKey'> & { readonly status?: number },
): void {
  const { invitation, draft } = input.questionnaire;
  preferLanguage({ request, response }, draft?.language ?? invitation.language);
  const { language } = response.locals;
  const model = buildQuestionPage({ ...input, language, formKey: makeFormKey(context, invitation.id) });
  const title =
    model.errors.length === 0
      ? model.heading
      : translate(language, 'respondent.page.error_title', { title: model.heading });
  const options = { title, isDemo: invitation.network.isDemo, scripts: ['js/respondent'], status: input.status ?? 200 };
  renderPage({ request, response }, 'respondent/page', options, model);
}

async function savePage(context: Context, { request, response }: Exchange): Promise<void> {
  const form = readRespondentForm(request.body);
  const isStaying = form.action === 'save' || form.clear !== null || form.newLanguage !== null;
  const saved = await saveDraft(context, {
    invitationId: response.locals.invitationId,
    pageName: String(request.params['page']),
    posted: form.posted,
    language: form.newLanguage ?? chosenLanguage(request),
    action: isStaying ? 'stay' : form.action === 'back' ? 'back' : 'next',
  });
  const { questionnaire, page, merged, faults, openedQuestions } = saved;
  const isBlocked = merged.conflicts.length > 0 || (form.action === 'next' && !isStaying && faults.length > 0);
  if (isBlocked && form.action !== 'back') {
    const status = merged.conflicts.length > 0 ? 409 : 422;
    renderQuestions(
      context,
      { request, response },
      { questionnaire, page, saved, isFromReview: form.isFromReview, opened: openedQuestions, status },
    );
    return;
  }
  response.redirect(303, findNextAddress(saved, { ...form, isStaying }));
}

function findNextAddress(
  { page, goTo, openedQuestions }: SavedPage,
  form: Pick<RespondentForm, 'isFromReview' | 'clear' | 'newLanguage'> & { readonly isStaying: boolean },
): string {
  if (form.isFromReview && !form.isStaying && goTo !== page.name) return reviewPath;
  if (goTo === null) return reviewPath;
  const query = new URLSearchParams();
  if (form.isFromReview) query.set('from', 'review');
  if (form.newLanguage !== null) query.set('lang', form.newLanguage);
  else if (form.isStaying && form.clear === null) query.set('saved', '1');
  if (goTo === page.name && openedQuestions.length > 0) query.set('opened', openedQuestions.join(','));
  const search = query.size > 0 ? `?${query.toString()}` : '';
  return `${pagePath(goTo)}${search}${form.clear === null ? '' : `#q-${encodeURIComponent(form.clear)}`}`;
}

async function autosave(context: Context, { request, response }: Exchange): Promise<void> {
  const form = readRespondentForm(request.body);
  const saved = await saveDraft(context, {
    invitationId: response.locals.invitationId,
    pageName: form.pageName,
    posted: form.posted,
    language: chosenLanguage(request),
    action: 'stay',
  });
  const { invitation, draft } = saved.questionnaire;
  response.json(buildAutosaveReply(saved, draft?.language ?? invitation.language));
}

async function showReview(context: Context, { request, response }: Exchange): Promise<void> {
  renderReview(
    context,
    { request, response },
    {
      questionnaire: await readQuestionnaire(context, response.locals.invitationId),
      refusal: null,
    },
  );
}

function renderReview(
  context: Context,
  { request, response }: Exchange,
  { questionnaire, refusal }: { questionnaire: Questionnaire; refusal: 'incomplete' | 'changed' | null },
): void {
  const { invitation, draft } = questionnaire;
  preferLanguage({ request, response }, draft?.language ?? invitation.language);
  const { language } = response.locals;
  const model = buildReview(questionnaire, { language, refusal, formKey: makeFormKey(context, invitation.id) });
  const title = translate(language, 'respondent.review.title');
  const status = refusal === null ? 200 : refusal === 'incomplete' ? 422 : 409;
  renderPage(
    { request, response },
    'respondent/review',
    {
      title: refusal === null ? title : translate(language, 'respondent.page.error_title', { title }),
      status,
      isDemo: invitation.network.isDemo,
      scripts: ['js/respondent'],
    },
    model,
  );
}

async function send(context: Context, { request, response }: Exchange): Promise<void> {
  const { revision } = readRespondentForm(request.body);
  const outcome = await submitResponse(context, { invitationId: response.locals.invitationId, revision });
  if (outcome.kind === 'sent') response.redirect(303, '/undersokelse/kvittering');
  else renderReview(context, { request, response }, { questionnaire: outcome.questionnaire, refusal: outcome.kind });
}

async function showReceipt(context: Context, { request, response }: Exchange): Promise<void> {
  const invitation = await readReceipt(context, response.locals.invitationId);
  if (invitation === null) {
    response.redirect(303, '/undersokelse');
    return;
  }
  preferLanguage({ request, response }, invitation.language);
  const { network } = invitation;
  renderPage(
    { request, response },
    'respondent/receipt',
    { title: translate(response.locals.language, 'respondent.receipt.title'), isDemo: network.isDemo },
    {
      minimumCellSize: invitation.minimumCellSize,
      contactName: network.contactName,
      contactEmail: network.contactEmail,
    },
  );
}
