import { Router, type Request, type RequestHandler } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { declineInvitation, readDeclining } from '../../usecases/respondent/decline-invitation';
import { readField } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { preferLanguage } from '../respondent-language';
import { seeOther } from '../see-other';

/** What a mail program sends when its user presses its own button (RFC 8058). */
const oneClickField = 'List-Unsubscribe';
const oneClickValue = 'One-Click';

function isMultipart(request: Pick<Request, 'headers'>): boolean {
  return (request.headers['content-type'] ?? '').toLowerCase().startsWith('multipart/form-data');
}

/**
 * One-click refusals that come as multipart: the address says everything, so the body is not read. They come without
 * cookies, and their answer must not lead elsewhere.
 * @param context the process' context
 */
export function declineByOneClick(context: Context): RequestHandler<{ token: string }> {
  return async (request, response, next) => {
    if (!isMultipart(request)) {
      next();
      return;
    }
    request.resume();
    await declineInvitation(context, { token: request.params.token, declines: true });
    response.type('text/plain').send('OK\n');
  };
}

/**
 * Where somebody says that they will not answer, and takes it back. The address itself is the secret.
 * @param context the process' context
 */
export function optOutRoutes(context: Context): Router {
  const router = Router();
  router.get('/nei/:token', (request, response) => showDeclining(context, { request, response }, request.params.token));
  router.post('/nei/:token', async (request, response) => {
    const { token } = request.params;
    const declines = readField(request, 'action') !== 'undo';
    await declineInvitation(context, { token, declines });
    if (readField(request, oneClickField) === oneClickValue) response.type('text/plain').send('OK\n');
    else seeOther(response, request.path);
  });
  return router;
}

async function showDeclining(context: Context, { request, response }: Exchange, token: string): Promise<void> {
  const { language, disposition, isOpen, networkName, isDemo, contactName, contactEmail } = await readDeclining(
    context,
    token,
  );
  preferLanguage({ request, response }, language);
  const state = disposition === 'answered' ? 'answered' : !isOpen ? 'over' : disposition === 'R' ? 'declined' : 'asked';
  const title = translate(response.locals.language, `opt_out.${state}.title`);
  const model = { state, networkName, contactName: contactName ?? '', contactEmail: contactEmail ?? '' };
  renderPage({ request, response }, 'respondent/opt-out', { title, isDemo }, model);
}
