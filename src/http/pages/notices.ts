import type { Request } from 'express';
import { isTextKey, type TextKey } from '../../texts/translate';

const parameter = 'melding';
const prefix = 'notice.';

/**
 * Where a page tells, once, what a form has done.
 * @param path path of the page
 * @param notice key of the text
 */
export function withNotice(path: string, notice: TextKey & `notice.${string}`): string {
  return `${path}?${parameter}=${notice.slice(prefix.length)}`;
}

/**
 * Finds what a page is to tell.
 * @param request the request
 * @returns key of the text, or null
 */
export function readNotice(request: Request): TextKey | null {
  const name = request.query[parameter];
  const key = `${prefix}${typeof name === 'string' ? name : ''}`;
  return isTextKey(key) ? key : null;
}
