import type { CodebookVariable } from './codebook';
import { compileCondition, type CompiledCondition } from './compile-condition';
import type { SurveyDefinition, SurveyPageDefinition, SurveyQuestion } from './survey-schema';
import type { Answers, InstrumentFault, RawAnswers } from './types';

/** A page with its condition and its questions. */
export interface RoutedPage<Routed extends RoutedQuestion = RoutedQuestion> {
  readonly source: SurveyPageDefinition;
  readonly condition: CompiledCondition | null;
  readonly questions: readonly Routed[];
}

/** A question with its condition. */
export interface RoutedQuestion {
  readonly name: string;
  readonly source: SurveyQuestion;
  readonly condition: CompiledCondition | null;
  /** True when the condition reads a question of the same page. */
  readonly dependsOnSamePage: boolean;
}

interface Build {
  readonly variables: ReadonlyMap<string, CodebookVariable>;
  /** Questions that stand before the place being compiled. */
  readonly earlier: Set<string>;
  readonly faults: InstrumentFault[];
}

/**
 * Compiles the conditions of pages and questions. A condition may read only questions that stand earlier, so one pass
 * from first to last decides everything, without repetition until nothing changes.
 * @param survey definition read from survey.json
 * @param variables variables of the codebook by name
 * @returns pages in order and the faults of their conditions
 */
export function compileRouting(
  survey: SurveyDefinition,
  variables: ReadonlyMap<string, CodebookVariable>,
): { pages: readonly RoutedPage[]; faults: readonly InstrumentFault[] } {
  const build: Build = { variables, earlier: new Set(), faults: [] };
  const pages = survey.pages.map((page, pageIndex): RoutedPage => {
    const place = `pages[${pageIndex}]`;
    const condition = compileAt(page.visibleIf, place, build);
    const names = new Set(page.elements.map((element) => element.name));
    const questions = page.elements.map((element, index): RoutedQuestion => {
      const own = compileAt(element.visibleIf, `${place}.elements[${index}]`, build);
      build.earlier.add(element.name);
      const dependsOnSamePage = own?.variables.some((name) => names.has(name)) ?? false;
      return { name: element.name, source: element, condition: own, dependsOnSamePage };
    });
    return { source: page, condition, questions };
  });
  return { pages, faults: build.faults };
}

function compileAt(text: string | undefined, place: string, build: Build): CompiledCondition | null {
  if (text === undefined || text.trim() === '') return null;
  const { condition, problems } = compileCondition(text, build.variables);
  const later = condition?.variables.filter((name) => !build.earlier.has(name)) ?? [];
  const messages = [...problems, ...later.map((name) => `reads "${name}", which is not asked earlier`)];
  build.faults.push(
    ...messages.map((message): InstrumentFault => ({ file: 'survey.json', place: `${place}.visibleIf`, message })),
  );
  return messages.length > 0 ? null : condition;
}

/**
 * Walks through the visible questions. Answers of hidden questions count as absent for every later condition, which is
 * survey-core's `clearInvisibleValues: "onHidden"`; its "onComplete" lets a hidden answer keep a question visible.
 * A condition reads earlier questions only, so what was given is copied just when something has to be left out of it.
 * @param pages pages in order, each with its questions
 * @param given values by question; other keys are left out
 * @param readAnswer called once for every visible question, in order; what its given value amounts to, or undefined
 * @returns the answers read, all of visible questions, and the names of those questions in order
 */
export function walkVisible<Question extends RoutedQuestion>(
  pages: readonly RoutedPage<Question>[],
  given: RawAnswers,
  readAnswer: (question: Question) => Answers[string] | undefined,
): { readonly answers: Answers; readonly visible: readonly string[] } {
  const visible: string[] = [];
  const read: (Answers[string] | undefined)[] = [];
  let copy: Record<string, Answers[string]> | null = null;
  let found = 0;
  for (const page of pages) {
    const isPageHidden = isHidden(page.condition, copy ?? given);
    for (const question of page.questions) {
      const { name } = question;
      const value = given[name];
      if (value !== undefined) found += 1;
      if (isPageHidden || isHidden(question.condition, copy ?? given)) {
        if (value !== undefined) copy ??= joinAnswers(visible, read);
        continue;
      }
      const answer = readAnswer(question);
      if (answer !== value) copy ??= joinAnswers(visible, read);
      if (copy !== null) addAnswer(copy, name, answer);
      visible.push(name);
      read.push(answer);
    }
  }
  if (copy !== null) return { answers: copy, visible };
  const hasNothingElse = found === Object.keys(given).length;
  return { answers: isAsRead(given, hasNothingElse) ? given : joinAnswers(visible, read), visible };
}

function addAnswer(answers: Record<string, Answers[string]>, name: string, answer: Answers[string] | undefined): void {
  if (answer !== undefined) answers[name] = answer;
}

function isHidden(condition: CompiledCondition | null, answers: RawAnswers): boolean {
  return condition !== null && !condition.holds(answers);
}

function joinAnswers(
  names: readonly string[],
  answers: readonly (Answers[string] | undefined)[],
): Record<string, Answers[string]> {
  const joined: Record<string, Answers[string]> = {};
  for (const [index, answer] of answers.entries()) addAnswer(joined, names[index] ?? '', answer);
  return joined;
}

/** When nothing was left out or changed, what was given is what was read. */
function isAsRead(_given: RawAnswers, isUntouched: boolean): _given is Answers {
  return isUntouched;
}
