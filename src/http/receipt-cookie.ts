import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Context } from '../context';
import { readCookie } from './cookies';

/** The receipt can be shown again in the same browser for this long; then the code is with the respondent alone. */
const showingMinutes = 60;
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const keys = new WeakMap<Buffer, Buffer>();

function keyOf({ secrets: { respondentCookie: secret } }: Context): Buffer {
  const key = keys.get(secret) ?? createHmac('sha256', secret).update('receipt').digest();
  keys.set(secret, key);
  return key;
}

function isSecure(context: Context): boolean {
  return context.config.publicUrl.startsWith('https:');
}

function cookieName(context: Context): string {
  return isSecure(context) ? '__Host-receipt' : 'receipt';
}

function seal(context: Context, invitationId: string, text: string): string {
  const nonce = context.randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(context), nonce).setAAD(Buffer.from(invitationId));
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url');
}

function unseal(context: Context, invitationId: string, cookie: string): string | null {
  const bytes = Buffer.from(cookie, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes) return null;
  const nonce = bytes.subarray(0, nonceBytes);
  const opening = createDecipheriv(cipher, keyOf(context), nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(invitationId))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return opening.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + opening.final('utf8');
  } catch {
    return null;
  }
}

/**
 * Lets the receipt page show the code without anybody else learning it: the cookie holds it encrypted, and opens only
 * for the invitation that was answered.
 * @param context the process' context
 * @param response the answer that carries the cookie
 * @param receipt the invitation and its receipt code
 */
export function setReceiptCookie(
  context: Context,
  response: Response,
  { invitationId, receiptCode }: { readonly invitationId: string; readonly receiptCode: string },
): void {
  const maxAge = showingMinutes * 60_000;
  const expires = context.now().getTime() + maxAge;
  response.cookie(cookieName(context), seal(context, invitationId, `${expires}.${receiptCode}`), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(context),
    path: '/',
    maxAge,
  });
}

/**
 * Reads the receipt code of the response that this browser has just sent.
 * @param context the process' context
 * @param request the request
 * @param invitationId the invitation that the browser has answered
 * @returns the code, or null when it is no longer shown
 */
export function readReceiptCookie(context: Context, request: Request, invitationId: string): string | null {
  const text = unseal(context, invitationId, readCookie(request, cookieName(context)) ?? '');
  const [expires = '', code = ''] = (text ?? '').split('.');
  return Number(expires) > context.now().getTime() ? code : null;
}
