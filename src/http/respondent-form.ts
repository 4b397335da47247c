import { z } from 'zod';
import type { PostedPage } from '../domain/fieldwork/merge-draft-page';
import { languages, type Language } from '../domain/languages';
import { AppError } from '../errors';

const maximumQuestions = 100;

/** Fields of ours begin with an underscore, which no question's name does. */
const controlSchema = z.object({
  _form: z.string().default(''),
  _page: z.string().default(''),
  _action: z.enum(['next', 'back', 'save']).default('next'),
  _from: z.enum(['review', '']).default(''),
  _clear: z.string().optional(),
  _language: z.enum(languages).optional(),
  _revision: z.coerce.number().int().min(0).default(0),
  _asked: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .pipe(z.array(z.string().max(50)).max(maximumQuestions)),
});

const bodySchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export interface RespondentForm {
  readonly formKey: string;
  /** Name of the page; only automatic saving carries it. */
  readonly pageName: string;
  readonly action: 'next' | 'back' | 'save';
  readonly isFromReview: boolean;
  /** Question whose answer shall be taken away. */
  readonly clear: string | null;
  /** Language to go on in; without script the page is saved before it changes. */
  readonly newLanguage: Language | null;
  readonly revision: number;
  readonly posted: PostedPage;
}

/**
 * Reads a respondent's form.
 * @param body the parsed body, from anywhere
 * @returns our own fields, and what was answered, unchecked
 * @throws AppError bad_request when it is not one of our forms
 */
export function readRespondentForm(body: unknown): RespondentForm {
  const fields = bodySchema.safeParse({ ...(typeof body === 'object' ? body : null) });
  if (!fields.success) throw new AppError('bad_request');
  const control = controlSchema.safeParse(fields.data);
  if (!control.success) throw new AppError('bad_request');
  const { _form, _page, _action, _from, _clear, _language, _revision, _asked } = control.data;
  const raw = Object.entries(fields.data).filter(([name]) => !name.startsWith('_') && name !== _clear);
  return {
    formKey: _form,
    pageName: _page,
    action: _action,
    isFromReview: _from === 'review',
    clear: _clear ?? null,
    newLanguage: _language ?? null,
    revision: _revision,
    posted: { raw: Object.fromEntries(raw), asked: new Map(_asked.map(splitAsked)) },
  };
}

/** "name:fingerprint of the answer it was drawn from". */
function splitAsked(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
