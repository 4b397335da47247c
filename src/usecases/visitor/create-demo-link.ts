import type { Context } from '../../context';
import { selectOptionalDemoActorId, selectOptionalDemoNetworkId, selectOptionalFreshInvitationId } from '../../db/demo';
import { insertTokens } from '../../db/invitations';
import { insertSignInLink } from '../../db/sign-in-links';
import { createToken, hashToken } from '../../domain/fieldwork/tokens';
import { toDate } from '../../domain/fieldwork/wave-state';
import { AppError } from '../../errors';

const demoRoles = ['respondent', 'coordinator', 'organisation_contact', 'researcher'] as const;
/** What anybody can try the demo as. */
export type DemoRole = (typeof demoRoles)[number];

const validHours = 12;

/**
 * @param text any text, for instance from an address
 * @returns true when one can try the demo in that role
 */
export function isDemoRole(text: unknown): text is DemoRole {
  return demoRoles.some((role) => role === text);
}

/**
 * Makes a fresh link into the demo network. Anybody may have one, since everything behind it is synthetic; an
 * installation without the demo network gives none.
 * @param context the process' context
 * @param role as whom to try the demo; the administrator is for the person who has started the server
 * @returns path of the link, with its token
 * @throws AppError not_found when there is no demo network, or nobody is left to answer for
 */
export async function createDemoLink(context: Context, role: DemoRole | 'administrator'): Promise<string> {
  return context.db.transaction(async (transaction) => {
    const networkId = await selectOptionalDemoNetworkId(transaction);
    if (networkId === null) throw new AppError('not_found');
    const token = createToken(context.randomBytes);
    const tokenHash = hashToken(token);
    if (role === 'respondent') {
      const invitationId = await selectOptionalFreshInvitationId(transaction, networkId);
      if (invitationId === null) throw new AppError('not_found');
      await insertTokens(transaction, toDate(context.now()), [{ tokenHash, invitationId }]);
      return `/svar/${token}`;
    }
    const actorId = await selectOptionalDemoActorId(transaction, { networkId, role });
    if (actorId === null) throw new AppError('not_found');
    const expiresAt = new Date(context.now().getTime() + validHours * 3_600_000);
    await insertSignInLink(transaction, { tokenHash, actorId, expiresAt });
    return `/logg-inn/${token}`;
  });
}
