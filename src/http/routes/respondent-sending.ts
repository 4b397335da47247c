import type { Router } from 'express';
import type { Context } from '../../context';
import { formatReceiptCode } from '../../domain/fieldwork/receipt-code';
import { translate } from '../../texts/translate';
import type { Questionnaire } from '../../usecases/load-questionnaire';
import { readQuestionnaire } from '../../usecases/respondent/read-questionnaire';
import { readReceipt } from '../../usecases/respondent/read-receipt';
import { submitResponse } from '../../usecases/respondent/submit-response';
import { reviewPath } from '../pages/respondent/page-path';
import { buildReview } from '../pages/respondent/review-page';
import { renderPage, type Exchange } from '../page';
import { readReceiptCookie, setReceiptCookie } from '../receipt-cookie';
import { makeFormKey } from '../respondent-cookie';
import { preferLanguage } from '../respondent-language';
import { seeOther } from '../see-other';

/**
 * The end of a questionnaire: review, sending, receipt. Whoever comes here has been identified.
 * @param router takes the routes
 * @param context the process' context
 */
export function addRespondentSendingRoutes(router: Router, context: Context): void {
  router.get('/undersokelse/oversikt', (request, response) => showReview(context, { request, response }));
  router.get('/undersokelse/send', (_request, response) => {
    seeOther(response, reviewPath);
  });
  router.post('/undersokelse/send', (request, response) => send(context, { request, response }));
  router.get('/undersokelse/kvittering', (request, response) => showReceipt(context, { request, response }));
}

async function showReview(context: Context, { request, response }: Exchange): Promise<void> {
  renderReview(
    context,
    { request, response },
    {
      questionnaire: await readQuestionnaire(context, response.locals.invitationId),
      refusal: null,
    },
  );
}

function renderReview(
  context: Context,
  { request, response }: Exchange,
  { questionnaire, refusal }: { questionnaire: Questionnaire; refusal: 'incomplete' | 'changed' | null },
): void {
  const { invitation, draft } = questionnaire;
  preferLanguage({ request, response }, draft?.language ?? invitation.language);
  const { language } = response.locals;
  const model = buildReview(questionnaire, { language, refusal, formKey: makeFormKey(context, invitation.id) });
  const title = translate(language, 'respondent.review.title');
  const status = refusal === null ? 200 : refusal === 'incomplete' ? 422 : 409;
  renderPage(
    { request, response },
    'respondent/review',
    {
      title: refusal === null ? title : translate(language, 'respondent.page.error_title', { title }),
      status,
      isDemo: invitation.network.isDemo,
      scripts: ['build/respondent'],
    },
    model,
  );
}

async function send(context: Context, { request, response }: Exchange): Promise<void> {
  const { invitationId, form } = response.locals;
  const outcome = await submitResponse(context, { invitationId, revision: form.revision });
  if (outcome.kind !== 'sent') {
    renderReview(context, { request, response }, { questionnaire: outcome.questionnaire, refusal: outcome.kind });
    return;
  }
  setReceiptCookie(context, response, { invitationId, receiptCode: outcome.receiptCode });
  seeOther(response, '/undersokelse/kvittering');
}

async function showReceipt(context: Context, { request, response }: Exchange): Promise<void> {
  const invitation = await readReceipt(context, response.locals.invitationId);
  if (invitation === null) {
    seeOther(response, '/undersokelse');
    return;
  }
  preferLanguage({ request, response }, invitation.language);
  const { network } = invitation;
  const code = readReceiptCookie(context, request, invitation.id);
  renderPage(
    { request, response },
    'respondent/receipt',
    { title: translate(response.locals.language, 'respondent.receipt.title'), isDemo: network.isDemo },
    {
      minimumCellSize: invitation.minimumCellSize,
      receiptCode: code === null ? null : formatReceiptCode(code),
      contactName: network.contactName,
      contactEmail: network.contactEmail,
    },
  );
}
