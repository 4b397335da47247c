import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../../context';
import { formatReceiptCode, readReceiptCode } from '../../domain/fieldwork/receipt-code';
import { pick, translate, type TextKey } from '../../texts/translate';
import { findOwnResponse, type OwnResponse } from '../../usecases/respondent/find-own-response';
import { withdrawResponse } from '../../usecases/respondent/withdraw-response';
import { limitWithdrawals } from '../attempt-limits';
import { formatDate } from '../pages/format-date';
import { renderPage, type Exchange } from '../page';
import { seeOther } from '../see-other';

const path = '/trekk-svar';
const longestCode = 100;
const formSchema = z.object({ code: z.string().max(longestCode).catch('') }).catch({ code: '' });

/**
 * Taking one's answers back, for anybody who has a receipt code. The code comes in the body of a form alone, never in an
 * address.
 * @param context the process' context
 */
export function withdrawalRoutes(context: Context): Router {
  const router = Router();
  const limit = limitWithdrawals(context);
  router.get(path, (request, response) => {
    showForm({ request, response }, null);
  });
  router.post(path, limit, async (request, response) => {
    const { code } = formSchema.parse(request.body);
    showOutcome({ request, response }, code, await findOwnResponse(context, code));
  });
  router.post(`${path}/bekreft`, limit, async (request, response) => {
    const { code } = formSchema.parse(request.body);
    if (await withdrawResponse(context, code)) seeOther(response, `${path}/trukket`);
    else showOutcome({ request, response }, code, await findOwnResponse(context, code));
  });
  router.get(`${path}/trukket`, (request, response) => {
    const title = translate(response.locals.language, 'withdrawal.done');
    renderPage({ request, response }, 'respondent/withdrawn', { title });
  });
  return router;
}

/** A code that leads nowhere is kept in the field, so that a slip of the pen can be mended. */
function showForm({ request, response }: Exchange, unknownCode: string | null): void {
  const title = translate(response.locals.language, 'withdrawal.title');
  const options = { title, status: unknownCode === null ? 200 : 422 };
  const model = { code: unknownCode ?? '', isUnknown: unknownCode !== null };
  renderPage({ request, response }, 'respondent/withdrawal', options, model);
}

function showOutcome({ request, response }: Exchange, code: string, outcome: OwnResponse): void {
  const { language } = response.locals;
  const tell = (key: TextKey, values = {}): string => translate(language, key, values);
  if (outcome.kind === 'unknown') {
    showForm({ request, response }, code);
    return;
  }
  if (outcome.kind === 'sealed') {
    const title = tell('withdrawal.sealed');
    const date = outcome.closedOn === null ? '' : formatDate(language, outcome.closedOn);
    const paragraphs = [
      tell('withdrawal.sealed.how', { date }),
      tell(`withdrawal.sealed.${outcome.anonymityLevel}`),
      tell('withdrawal.sealed.law'),
      tell(`withdrawal.sealed.${outcome.anonymityLevel}.contact`),
    ];
    renderPage({ request, response }, 'respondent/withdrawal-sealed', { title, status: 410 }, { paragraphs });
    return;
  }
  const title = tell('withdrawal.confirm');
  const lead = tell('withdrawal.confirm.lead', {
    title: pick(outcome.instrumentTitle, language),
    period: outcome.period.replace('-', '–'),
  });
  const model = { code: formatReceiptCode(readReceiptCode(code) ?? ''), lead };
  renderPage({ request, response }, 'respondent/withdrawal-confirm', { title }, model);
}
