import type { Context } from '../context';
import { readQuestionnaire } from '../usecases/respondent/read-questionnaire';
import { saveDraft } from '../usecases/respondent/save-draft';
import { startAnswering } from '../usecases/respondent/start-answering';
import { submitResponse } from '../usecases/respondent/submit-response';
import type { DemoAnswers } from './answer-model';

/**
 * Answers page by page and sends, as a respondent does.
 * @param context context whose clock stands at the day of answering
 * @param token secret part of the personal link
 * @param answers what is answered
 */
export async function giveAnswers(context: Context, token: string, answers: DemoAnswers): Promise<void> {
  const { invitationId, page: first } = await startAnswering(context, token);
  const { instrument } = await readQuestionnaire(context, invitationId);
  let pageName = first;
  let revision = 0;
  while (pageName !== null) {
    const page = instrument.pages.find(({ name }) => name === pageName);
    const asked = new Set(page?.questions.map(({ name }) => name));
    const raw = Object.fromEntries(Object.entries(answers).filter(([question]) => asked.has(question)));
    const posted = { raw, asked: new Map<string, string>() };
    const saved = await saveDraft(context, { invitationId, pageName, posted, language: 'nb', action: 'next' });
    if (saved.goTo === pageName) throw new RangeError(`a synthetic answer is not accepted on ${pageName}`);
    revision = saved.questionnaire.draft?.revision ?? revision;
    pageName = saved.goTo;
  }
  await submitResponse(context, { invitationId, revision });
}
