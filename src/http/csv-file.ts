import type { Response } from 'express';

/** Without it Excel on a Norwegian machine reads UTF-8 as Windows-1252 and breaks every æ, ø and å. */
const byteOrderMark = '\uFEFF';

/**
 * Answers with a CSV file to save.
 * @param response the response
 * @param name file name without extension, ASCII letters, digits and hyphens
 * @param text the file's text
 */
export function sendCsv(response: Response, name: string, text: string): void {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}.csv"`);
  response.send(byteOrderMark + text);
}
