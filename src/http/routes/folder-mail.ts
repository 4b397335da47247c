import { Router } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { readFolderMails, readOneFolderMail } from '../../usecases/coordinator/read-folder-mails';
import { sendMailHtml } from '../mail-html';
import { renderPage } from '../page';
import { formatMoment } from '../pages/mail/format-moment';
import { linkOwnAddresses } from '../pages/mail/link-addresses';

/** Mail of an installation that only tries things out: what would have been sent can be read here. */
export function folderMailRoutes(context: Context): Router {
  const router = Router();
  router.get('/post', async (request, response) => {
    const { actor, language } = response.locals;
    const mails = (await readFolderMails(context, actor)).map(({ messageId, subject, to, sentAt }) => {
      const path = `/post/${encodeURIComponent(messageId)}`;
      return { path, subject, to, sentAt: sentAt === null ? '' : formatMoment(language, sentAt) };
    });
    const title = translate(language, 'folder_mail.title');
    renderPage({ request, response }, 'mail/folder', { title }, { mails });
  });
  router.get('/post/:id', async (request, response) => {
    const { actor, language } = response.locals;
    const mail = await readOneFolderMail(context, actor, request.params.id);
    const { subject: title, to, sentAt, html, messageId } = mail;
    renderPage(
      { request, response },
      'mail/folder-mail',
      { title },
      {
        to,
        sentAt: sentAt === null ? '' : formatMoment(language, sentAt),
        parts: linkOwnAddresses(mail.text, context.config.publicUrl),
        frame: html === null ? null : `/post/${encodeURIComponent(messageId)}/html`,
      },
    );
  });
  router.get('/post/:id/html', async (request, response) => {
    const { html, text } = await readOneFolderMail(context, response.locals.actor, request.params.id);
    sendMailHtml(response, html ?? text);
  });
  return router;
}
