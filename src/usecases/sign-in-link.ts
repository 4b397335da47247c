import type { Context } from '../context';
import type { Database } from '../db/database';
import { insertSignInLink } from '../db/sign-in-links';
import { createToken, hashToken } from '../domain/fieldwork/tokens';

/** Hours that a sign-in link works which an administrator hands over. */
export const signInLinkHours = 24;

/** Minutes that a sign-in link works which is sent by mail. */
export const mailedLinkMinutes = 15;

/**
 * Makes a link that signs somebody in once; only its hash is kept.
 * @param context the process' context
 * @param transaction the caller's transaction
 * @param link whose it is, and minutes that it works
 * @returns path of the link, shown once
 */
export async function makeSignInLink(
  context: Context,
  transaction: Database,
  { actorId, minutes }: { readonly actorId: string; readonly minutes: number },
): Promise<string> {
  const token = createToken(context.randomBytes);
  const expiresAt = new Date(context.now().getTime() + minutes * 60_000);
  await insertSignInLink(transaction, { tokenHash: hashToken(token), actorId, expiresAt });
  return `/logg-inn/${token}`;
}
