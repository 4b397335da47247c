import type { Response } from 'express';

/**
 * Answers a form: its sender goes on with another page. There is no text, which nobody would come to see.
 * @param response the answer
 * @param address path of ours, encoded
 */
export function seeOther(response: Response, address: string): void {
  response.statusCode = 303;
  response.setHeader('Location', address);
  response.setHeader('Content-Length', 0);
  response.end();
}
