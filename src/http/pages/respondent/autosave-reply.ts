import type { Language } from '../../../domain/languages';
import { translate } from '../../../texts/translate';
import type { SavedPage } from '../../../usecases/respondent/save-draft';
import { buildQuestionPage } from './question-page';

/** What the script on the page needs after its answers have been saved. */
export interface AutosaveReply {
  readonly revision: number;
  /** Names of this page's questions that are shown. */
  readonly visible: readonly string[];
  /** Message per question; no key: nothing to say. */
  readonly messages: Readonly<Record<string, string>>;
  /** Value of each question's hidden field: what it would be drawn from now. */
  readonly asked: Readonly<Record<string, string>>;
  readonly status: string;
}

/**
 * Makes the reply to automatic saving.
 * @param saved outcome of saving
 * @param language language of the reader
 */
export function buildAutosaveReply(saved: SavedPage, language: Language): AutosaveReply {
  const { questionnaire, page } = saved;
  const { questions } = buildQuestionPage({ questionnaire, page, language, saved, formKey: '', isFromReview: false });
  const messages = questions.flatMap(({ name, error, dispute }): readonly (readonly [string, string])[] => {
    const message = dispute ?? error;
    return message === null ? [] : [[name, message]];
  });
  return {
    revision: questionnaire.draft?.revision ?? 0,
    visible: questions.filter(({ isHidden }) => !isHidden).map(({ name }) => name),
    messages: Object.fromEntries(messages),
    asked: Object.fromEntries(questions.map(({ name, asked }) => [name, asked])),
    status: translate(
      language,
      messages.length === 0 ? 'respondent.status.saved' : 'respondent.status.saved_with_faults',
    ),
  };
}
