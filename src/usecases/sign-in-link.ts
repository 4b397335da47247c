import type { Context } from '../context';
import { insertSignInLink } from '../db/actors';
import type { Database } from '../db/database';
import { createToken, hashToken } from '../domain/fieldwork/tokens';

/** Hours that a sign-in link works. */
export const signInLinkHours = 24;

/**
 * Makes a link that signs somebody in once; only its hash is kept.
 * @param context the process' context
 * @param transaction the caller's transaction
 * @param actorId whose link it is
 * @returns path of the link, shown once
 */
export async function makeSignInLink(context: Context, transaction: Database, actorId: string): Promise<string> {
  const token = createToken(context.randomBytes);
  const expiresAt = new Date(context.now().getTime() + signInLinkHours * 60 * 60 * 1000);
  await insertSignInLink(transaction, { tokenHash: hashToken(token), actorId, expiresAt });
  return `/logg-inn/${token}`;
}
