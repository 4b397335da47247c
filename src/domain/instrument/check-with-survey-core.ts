import { Model, setupLocale, surveyLocalization } from 'survey-core';
import { lintSurvey } from 'survey-core/linter';
import { surveyFault } from './fault';
import type { InstrumentFault } from './types';

/**
 * Asks survey-core's linter.
 * @param source survey.json, parsed
 * @returns its errors
 */
export function lintWithSurveyCore(source: unknown): readonly InstrumentFault[] {
  registerSurveyLocales();
  return lintSurvey(source)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => surveyFault(path === '' ? '(file)' : path, message));
}

/**
 * Lets survey-core's model load the definition. The model costs tens of milliseconds, so this belongs to the check of
 * an instrument and never to a request.
 * @param source survey.json, parsed
 * @returns errors of loading
 */
export function loadWithSurveyCore(source: unknown): readonly InstrumentFault[] {
  registerSurveyLocales();
  return describeLoading(new Model(source).jsonErrors);
}

// The library's type leaves out that there is no list when nothing is wrong.
function describeLoading(errors: readonly { readonly message: string }[] | null): readonly InstrumentFault[] {
  return (errors ?? []).map(({ message }) => surveyFault('(file)', message));
}

/**
 * Teaches survey-core bokmål and nynorsk and makes bokmål the language that `default` means. It is the library's
 * process-wide setting and safe to repeat.
 */
export function registerSurveyLocales(): void {
  if (surveyLocalization.defaultLocale === 'nb') return;
  setupLocale({ localeCode: 'nb', strings: {}, nativeName: 'bokmål', englishName: 'Norwegian Bokmål' });
  setupLocale({ localeCode: 'nn', strings: {}, nativeName: 'nynorsk', englishName: 'Norwegian Nynorsk' });
  surveyLocalization.defaultLocale = 'nb';
}
