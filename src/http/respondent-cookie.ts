import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context';
import { isLanguage, type Language } from '../domain/languages';
import { readCookie } from './cookies';

/** An exchanged link works in its browser for this long; after that the link in the mail is opened again. */
const cookieDays = 7;
const formKeyLength = 22;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A respondent comes with the same cookie and the same form some thirty times. */
const mostRemembered = 20_000;
const signatures = new WeakMap<Buffer, LRUCache<string, string>>();

function sign(context: Context, purpose: 'cookie' | 'form', text: string): string {
  const key = context.secrets.respondentCookie;
  const known = signatures.get(key) ?? new LRUCache<string, string>({ max: mostRemembered });
  signatures.set(key, known);
  const signed = `${purpose}\0${text}`;
  const signature = known.get(signed) ?? createHmac('sha256', key).update(signed).digest('base64url');
  known.set(signed, signature);
  return signature;
}

function isSame(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function isSecure(context: Context): boolean {
  return context.config.publicUrl.startsWith('https:');
}

function cookieName(context: Context): string {
  return isSecure(context) ? '__Host-respondent' : 'respondent';
}

/**
 * Gives a browser the right to answer one invitation. The cookie ends with the browser session, its signature after
 * seven days, and it holds neither the token nor an answer.
 * @param context the process' context
 * @param response the answer that carries the cookie
 * @param respondent the invitation, and the language for pages that have to do without the database
 */
export function setRespondentCookie(
  context: Context,
  response: Response,
  { invitationId, language }: { readonly invitationId: string; readonly language: Language },
): void {
  const expires = Math.floor(context.now().getTime() / 1000) + cookieDays * 86_400;
  const content = `${invitationId}.${expires}.${language}`;
  response.cookie(cookieName(context), `${content}.${sign(context, 'cookie', content)}`, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(context),
    path: '/',
  });
}

/**
 * Reads which invitation a browser answers.
 * @param context the process' context
 * @param request the request
 * @returns the invitation and its language, or null without a cookie that we signed and that still holds
 */
export function readRespondentCookie(
  context: Context,
  request: Request,
): { readonly invitationId: string; readonly language: Language } | null {
  const cookie = readCookie(request, cookieName(context)) ?? '';
  const [invitationId = '', expires = '', language = '', signature = ''] = cookie.split('.');
  if (!isSame(signature, sign(context, 'cookie', `${invitationId}.${expires}.${language}`))) return null;
  if (!uuidPattern.test(invitationId) || !isLanguage(language)) return null;
  return Number(expires) * 1000 > context.now().getTime() ? { invitationId, language } : null;
}

/**
 * Makes the key that every form of an invitation carries. It proves that the form is ours, and that the browser has
 * not opened another invitation's link in the meantime.
 * @param context the process' context
 * @param invitationId the invitation
 */
export function makeFormKey(context: Context, invitationId: string): string {
  return sign(context, 'form', invitationId).slice(0, formKeyLength);
}

/** @returns true when the key was made for this invitation */
export function isFormKey(context: Context, invitationId: string, key: string): boolean {
  return isSame(key, makeFormKey(context, invitationId));
}
