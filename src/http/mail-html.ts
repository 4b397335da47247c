import type { Response } from 'express';

/** Nothing runs and nothing is fetched; links open elsewhere. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * Answers with a mail as a mail program would show it, to stand in a frame of one of our pages.
 * @param response the answer
 * @param html the mail; whatever it holds, it can do nothing
 */
export function sendMailHtml(response: Response, html: string): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.send(html.replace('<head>', '<head>\n<base target="_blank">'));
}
