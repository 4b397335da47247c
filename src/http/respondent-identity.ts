import type { RequestHandler } from 'express';
import type { Context } from '../context';
import { isFormKey, readRespondentCookie } from './respondent-cookie';
import { readRespondentForm } from './respondent-form';
import { preferLanguage } from './respondent-language';
import { renderStopped } from './respondent-stopped';

/** Finds out which invitation the browser answers, or asks for the link to be opened again. */
export function identifyRespondent(context: Context): RequestHandler {
  return (request, response, next) => {
    const respondent = readRespondentCookie(context, request);
    if (respondent === null) {
      renderStopped({ request, response }, { reason: 'no_cookie', status: 401 });
      return;
    }
    response.locals.invitationId = respondent.invitationId;
    preferLanguage({ request, response }, respondent.language);
    next();
  };
}

/** Reads a form, and refuses one that was drawn for another invitation than the one the browser answers now. */
export function requireOwnForm(context: Context): RequestHandler {
  return (request, response, next) => {
    const form = readRespondentForm(request.body);
    if (!isFormKey(context, response.locals.invitationId, form.formKey)) {
      renderStopped({ request, response }, { reason: 'other_form', status: 403 });
      return;
    }
    response.locals.form = form;
    next();
  };
}
