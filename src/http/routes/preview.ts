import { Router, type Response } from 'express';
import type { Context } from '../../context';
import { stepPreview, type PreviewState } from '../../domain/fieldwork/preview-page';
import { readQuestionnaireState } from '../../domain/fieldwork/questionnaire-state';
import type { Answers, SurveyPage } from '../../domain/instrument/types';
import { isLanguage } from '../../domain/languages';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { readPreview, type Preview } from '../../usecases/coordinator/read-preview';
import { readFields } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { buildQuestionPage } from '../pages/respondent/question-page';
import { buildReview } from '../pages/respondent/review-page';
import { buildStartPage } from '../pages/respondent/start-page';

/**
 * The survey as a respondent meets it, for those who run the wave. Nothing is stored: every page carries the answers to
 * the pages before it in its form, and posting it draws the next page.
 */
export function previewRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/forhandsvisning', async (request, response) => {
    const preview = await load(context, response, request.params.wave);
    const [first] = readQuestionnaireState(preview.instrument, {}).pages;
    const { invitation, promises, instrument, today } = preview;
    const { language } = response.locals;
    const model = buildStartPage({ invitation, promises, instrument, hasDraft: false, today }, language);
    renderPage(
      { request, response },
      'respondent/start',
      { title: translate(language, 'preview.page_title', { title: model.heading }), isDemo: invitation.network.isDemo },
      { ...model, preview: describePlace(preview, first?.name ?? '') },
    );
  });
  router.get('/runder/:wave/forhandsvisning/side/:page', async (request, response) => {
    const preview = await load(context, response, request.params.wave);
    show({ request, response }, preview, step(preview, request.params.page, {}, 'stay'));
  });
  router.post('/runder/:wave/forhandsvisning/side/:page', async (request, response) => {
    const body = readFields(request.body);
    const language = body.text('_language');
    if (isLanguage(language)) response.locals.language = language;
    const preview = await load(context, response, request.params.wave);
    show({ request, response }, preview, step(preview, request.params.page, request.body, chooseStep(body)));
  });
  return router;
}

type Step = Parameters<typeof stepPreview>[1]['step'] | 'review';

/** The button of page 1 names nothing: it leads to the first page. */
function chooseStep(body: ReturnType<typeof readFields>): Step {
  const action = body.text('_action');
  if (body.text('_review') === '1') return action === 'back' ? 'stay' : 'review';
  return action === 'next' || action === 'back' ? action : 'stay';
}

async function load(context: Context, response: Response, waveKey: string): Promise<Preview> {
  const { actor, language } = response.locals;
  return readPreview(context, actor, { waveKey, language });
}

function step({ instrument }: Preview, pageName: string, body: unknown, wanted: Step): PreviewState {
  const form = readFields(body);
  const cleared = form.text('_clear');
  const names = instrument.pages.flatMap(({ questions }) => questions.map(({ name }) => name));
  const raw = Object.fromEntries(
    names.flatMap((name) => {
      const values = form.all(name);
      if (values.length === 0 || name === cleared) return [];
      return [[name, values.length === 1 ? values[0] : values]];
    }),
  );
  const asked = form.all('_asked').map((one) => one.split(':')[0] ?? '');
  const state = stepPreview(instrument, { raw, asked, pageName, step: wanted === 'review' ? 'stay' : wanted });
  if (state === null) throw new AppError('not_found');
  return wanted === 'review' ? { ...state, page: null } : state;
}

function describePlace({ waveKey }: Preview, pageName: string) {
  const wave = `/runder/${encodeURIComponent(waveKey)}`;
  const start = `${wave}/forhandsvisning`;
  return { back: wave, start, action: `${start}/side/${encodeURIComponent(pageName)}` };
}

/** Answers that the page itself does not show travel along in its form. */
function keepAnswers(answers: Answers, page: SurveyPage | null): readonly { name: string; value: string }[] {
  const shown = new Set(page?.questions.map(({ name }) => name));
  return Object.entries(answers).flatMap(([name, answer]) =>
    shown.has(name) ? [] : [answer].flat().map((value) => ({ name, value: String(value) })),
  );
}

function show({ request, response }: Exchange, preview: Preview, tried: PreviewState): void {
  const { language } = response.locals;
  const { answers, state, page, merged, faults, opened } = tried;
  const draft = { answers, page: page?.name ?? '', language, revision: 1 };
  const questionnaire = { state, draft };
  const place = describePlace(preview, page?.name ?? state.pages.at(-1)?.name ?? '');
  const shared = { preview: place, kept: keepAnswers(answers, page) };
  const { isDemo } = preview.invitation.network;
  if (page === null) {
    const title = translate(language, 'preview.page_title', { title: translate(language, 'respondent.review.title') });
    const review = buildReview(questionnaire, { language, refusal: null, formKey: '' });
    renderPage({ request, response }, 'respondent/preview-review', { title, isDemo }, { ...review, ...shared });
    return;
  }
  const model = buildQuestionPage({
    questionnaire,
    page,
    language,
    formKey: '',
    isFromReview: false,
    opened,
    saved: { faults, merged },
  });
  const title = translate(language, 'preview.page_title', { title: model.heading });
  renderPage({ request, response }, 'respondent/preview-page', { title, isDemo }, { ...model, ...shared });
}
