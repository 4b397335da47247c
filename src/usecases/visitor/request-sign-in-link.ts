import type { Context } from '../../context';
import { selectOptionalActorIdByEmail } from '../../db/actors';
import { toDate } from '../../domain/fieldwork/wave-state';
import { queueSignInMail } from '../invitation-mail';

/**
 * Has a sign-in link mailed to whoever has that address and a role; for anybody else nothing happens. Who asks is not told
 * which of the two it was: the page answers before this begins.
 * @param context the process' context
 * @param input address as it was written, and a path of ours to go on to
 */
export async function requestSignInLink(
  context: Context,
  input: { readonly email: string; readonly next: string | null },
): Promise<void> {
  if (context.mailer === null) return;
  const search = { email: input.email.trim().toLowerCase(), today: toDate(context.now()) };
  const actorId = await selectOptionalActorIdByEmail(context.db, search);
  if (actorId !== null) await queueSignInMail(context.db, { actorId, next: input.next });
}
