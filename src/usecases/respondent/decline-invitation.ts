import type { Context } from '../../context';
import { selectOptionalDeclinable, updateDeclined, type DeclinableInvitation } from '../../db/opt-outs';
import { isOptOutToken, readOptOutToken } from '../../domain/mail/signed-links';
import { AppError } from '../../errors';

async function findInvitation(context: Context, token: string): Promise<DeclinableInvitation> {
  const id = readOptOutToken(token);
  const invitation = id === null ? null : await selectOptionalDeclinable(context.db, id);
  if (invitation === null || !isOptOutToken(context.secrets.optOut, token, invitation)) {
    throw new AppError('link_unknown');
  }
  return invitation;
}

/**
 * Shows somebody what saying no means, or that they have said it. Writes nothing: programs that scan mail follow links.
 * @param context the process' context
 * @param token the token of the link in their mail
 * @throws AppError link_unknown
 */
export async function readDeclining(context: Context, token: string): Promise<DeclinableInvitation> {
  return findInvitation(context, token);
}

/**
 * Somebody will not answer, and gets no more mail of the wave; or they have changed their mind. What they have written so
 * far stays until the wave is closed, so that they can. No audit event, no time of day.
 * @param context the process' context
 * @param input token of the link in their mail, and whether they decline
 * @throws AppError link_unknown
 */
export async function declineInvitation(
  context: Context,
  { token, declines }: { readonly token: string; readonly declines: boolean },
): Promise<void> {
  const { id } = await findInvitation(context, token);
  await updateDeclined(context.db, { invitationId: id, declines });
}
