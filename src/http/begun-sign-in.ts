import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Context } from '../context';
import { deriveSealingKey, nonceBytes, openSealed, sealText } from '../domain/identity/seal';
import type { StartedSignIn } from '../usecases/provider-answer';
import { readCookie } from './cookies';

const minutes = 10;

/** A sign-in that this browser has begun with a provider. */
export interface BegunInBrowser extends StartedSignIn {
  /** Path of ours to go on to. */
  readonly next: string | null;
  /** Who was signed in and wants to link the identity; null: somebody signs in. */
  readonly linkTo: string | null;
  /** Address at the provider. */
  readonly url: string;
}

const schema = z.object({
  providerKey: z.string(),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  expiresAt: z.coerce.date(),
  next: z.string().nullable(),
  linkTo: z.string().nullable(),
  url: z.string(),
});

function describeCookie({ config }: Context) {
  const secure = config.publicUrl.startsWith('https:');
  // Lax: the provider sends people back from its own site.
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return { name: secure ? '__Host-sign-in' : 'sign-in', options };
}

function sealingKey({ secrets }: Context): Buffer {
  return deriveSealingKey(secrets.sealing, 'sign-in cookie');
}

/**
 * Keeps what was begun in a sealed cookie of ten minutes, so that beginning stores nothing.
 * @param context the process' context
 * @param response the answer
 * @param begun what was begun
 */
export function keepBegunSignIn(context: Context, response: Response, begun: Omit<BegunInBrowser, 'expiresAt'>): void {
  const { name, options } = describeCookie(context);
  const expiresAt = new Date(context.now().getTime() + minutes * 60_000);
  const sealed = sealText(
    sealingKey(context),
    context.randomBytes(nonceBytes),
    JSON.stringify({ ...begun, expiresAt: expiresAt.toISOString() }),
  );
  response.cookie(name, sealed.toString('base64url'), { ...options, maxAge: minutes * 60_000 });
}

/**
 * Reads what this browser has begun.
 * @param context the process' context
 * @param request the request
 * @returns what was begun, or null when there is nothing or it was tampered with
 */
export function readBegunSignIn(context: Context, request: Request): BegunInBrowser | null {
  const cookie = readCookie(request, describeCookie(context).name);
  const text = cookie === null ? null : openSealed(sealingKey(context), Buffer.from(cookie, 'base64url'));
  return text === null ? null : schema.parse(JSON.parse(text));
}

/** Forgets what this browser has begun. */
export function dropBegunSignIn(context: Context, response: Response): void {
  const { name, options } = describeCookie(context);
  response.clearCookie(name, options);
}
