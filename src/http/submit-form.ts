import type { Response } from 'express';
import { AppError } from '../errors';
import { isTextKey, translate } from '../texts/translate';
import { seeOther } from './see-other';

/** What is wrong in a field, in the reader's language. */
export interface ShownFault {
  readonly field: string;
  readonly text: string;
}

/**
 * Does what a form of the back office asks for. What was filled in wrong leads back to the form, which keeps what was
 * written and answers 422; any other fault goes on to the error page.
 * @param response the answer
 * @param steps `submit` does it and gives the address to go on to; `showAgain` draws the form with its faults
 */
export async function submitForm(
  response: Response,
  steps: {
    readonly submit: () => Promise<string>;
    readonly showAgain: (faults: readonly ShownFault[]) => Promise<void> | void;
  },
): Promise<void> {
  try {
    seeOther(response, await steps.submit());
  } catch (error) {
    if (!(error instanceof AppError) || error.details.fields === undefined) throw error;
    const faults = error.details.fields.map(({ field, key, values }) => {
      if (!isTextKey(key)) throw new RangeError(`there is no text ${key}`);
      return { field, text: translate(response.locals.language, key, values) };
    });
    await steps.showAgain(faults);
  }
}
