import type { Context } from '../context';
import { insertRegisterImport, selectOptionalRegisterImport } from '../db/register-imports';
import type { Database } from '../db/database';
import type { Actor } from '../domain/permissions';
import { AppError } from '../errors';
import { installation, requireRight } from './authorise';
import { registerContentSchema, type RegisterContent } from './register-content';

/** How long what was read of a register waits for somebody to confirm it. */
export const keptMilliseconds = 24 * 3_600_000;

/**
 * Stops everybody but an administrator who has signed in: what is read is kept for the person who looks at it.
 * @param actor who asks
 * @returns id of the person
 * @throws AppError sign_in_needed, not_allowed
 */
export function requireAdministrator(actor: Actor): string {
  requireRight(actor, 'administer installation', installation);
  if (actor.kind !== 'person') throw new AppError('not_allowed');
  return actor.id;
}

/**
 * Keeps what was read of a register for a day, until the person has looked at what it would change.
 * @param context the process' context
 * @param actorId the person
 * @param content what was read
 * @returns id of what is kept
 */
export async function keepContent(context: Context, actorId: string, content: RegisterContent): Promise<string> {
  const now = context.now();
  const forgetBefore = new Date(now.getTime() - keptMilliseconds);
  return context.db.transaction((transaction) =>
    insertRegisterImport(transaction, { actorId, content, now, forgetBefore }),
  );
}

/**
 * Reads what a person has read of a register and not confirmed.
 * @param db the database or a transaction
 * @param wanted its id and whose it is
 * @returns what was read
 * @throws AppError register_import_unknown
 */
export async function findContent(
  db: Database,
  wanted: { readonly id: string; readonly actorId: string },
): Promise<RegisterContent> {
  return parseContent(await selectOptionalRegisterImport(db, wanted));
}

/**
 * @param found what was kept, or null
 * @returns what was read of a register
 * @throws AppError register_import_unknown when there is nothing
 */
export function parseContent(found: { readonly content: unknown } | null): RegisterContent {
  if (found === null) throw new AppError('register_import_unknown');
  return registerContentSchema.parse(found.content);
}
