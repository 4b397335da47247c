import type { Context } from '../../context';
import type { RespondentInvitation } from '../../db/respondent-invitations';
import { AppError } from '../../errors';

/**
 * Reads what the receipt tells; nothing of the answers, which can no longer be found from an invitation.
 * @param context the process' context
 * @param invitationId the invitation
 * @returns the invitation when it has been answered, else null
 * @throws AppError link_expired when the invitation has been deleted
 */
export async function readReceipt(context: Context, invitationId: string): Promise<RespondentInvitation | null> {
  const found = await context.respondents.findInvitation(invitationId);
  if (found === null) throw new AppError('link_expired');
  const { invitation } = found;
  return invitation.disposition === 'answered' ? invitation : null;
}
