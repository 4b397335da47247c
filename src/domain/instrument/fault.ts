import type { InstrumentFault } from './types';

/**
 * Makes a fault of codebook.json.
 * @param place JSON path
 * @param message what is wrong
 * @returns the fault
 */
export function codebookFault(place: string, message: string): InstrumentFault {
  return { file: 'codebook.json', place, message };
}

/**
 * Makes a fault of survey.json.
 * @param place JSON path
 * @param message what is wrong
 * @returns the fault
 */
export function surveyFault(place: string, message: string): InstrumentFault {
  return { file: 'survey.json', place, message };
}

/**
 * Finds values that stand in a list more than once.
 * @param values the list
 * @returns position and value of every repetition, the first occurrence left out
 */
export function repetitions(values: readonly string[]): readonly { index: number; value: string }[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [{ index, value }] : []));
}
