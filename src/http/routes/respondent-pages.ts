import type { Router } from 'express';
import type { Context } from '../../context';
import { findResumePage } from '../../domain/fieldwork/questionnaire-state';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import type { Questionnaire } from '../../usecases/load-questionnaire';
import { readQuestionnaire } from '../../usecases/respondent/read-questionnaire';
import { saveDraft, type SavedPage } from '../../usecases/respondent/save-draft';
import { buildAutosaveReply } from '../pages/respondent/autosave-reply';
import { pagePath, reviewPath } from '../pages/respondent/page-path';
import { buildQuestionPage, type QuestionPageInput } from '../pages/respondent/question-page';
import { renderPage, type Exchange } from '../page';
import { makeFormKey } from '../respondent-cookie';
import type { RespondentForm } from '../respondent-form';
import { chosenLanguage, preferLanguage } from '../respondent-language';
import { seeOther } from '../see-other';

/**
 * The pages of questions: drawn, saved and saved along the way. Whoever comes here has been identified.
 * @param router takes the routes
 * @param context the process' context
 */
export function addRespondentPageRoutes(router: Router, context: Context): void {
  router.get('/undersokelse', (request, response) => resume(context, { request, response }));
  router.get('/undersokelse/side/:page', (request, response) => showPage(context, { request, response }));
  router.post('/undersokelse/side/:page', (request, response) => savePage(context, { request, response }));
  router.post('/undersokelse/lagre', (request, response) => autosave(context, { request, response }));
}

async function resume(context: Context, { response }: Exchange): Promise<void> {
  const { state, draft } = await readQuestionnaire(context, response.locals.invitationId);
  const page = findResumePage(state, draft?.page ?? null);
  seeOther(response, page === null ? reviewPath : pagePath(page.name));
}

async function showPage(context: Context, { request, response }: Exchange): Promise<void> {
  const questionnaire = await readQuestionnaire(context, response.locals.invitationId);
  const page = questionnaire.instrument.pages.find(({ name }) => name === request.params['page']);
  if (page === undefined) throw new AppError('not_found');
  if (!questionnaire.state.pages.includes(page)) {
    seeOther(response, '/undersokelse');
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
  input: Omit<QuestionPageInput, 'language' | 'formKey'> & {
    readonly questionnaire: Questionnaire;
    readonly status?: number;
  },
): void {
  const { invitation, draft } = input.questionnaire;
  preferLanguage({ request, response }, draft?.language ?? invitation.language);
  const { language } = response.locals;
  const model = buildQuestionPage({ ...input, language, formKey: makeFormKey(context, invitation.id) });
  const title =
    model.errors.length === 0
      ? model.heading
      : translate(language, 'respondent.page.error_title', { title: model.heading });
  const options = {
    title,
    isDemo: invitation.network.isDemo,
    scripts: ['build/respondent'],
    status: input.status ?? 200,
  };
  renderPage({ request, response }, 'respondent/page', options, model);
}

async function savePage(context: Context, { request, response }: Exchange): Promise<void> {
  const { form } = response.locals;
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
  seeOther(response, findNextAddress(saved, { ...form, isStaying }));
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
  const { form } = response.locals;
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
