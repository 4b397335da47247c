import type { Context } from '../../context';
import { selectNetworkSummaries } from '../../db/overviews';
import { selectHeldRoles, type HeldRole } from '../../db/role-grants';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';

/** Who runs the installation, and the networks that have people of their own. */
export interface Administrators {
  readonly administrators: readonly HeldRole[];
  readonly networks: readonly { readonly key: string; readonly name: string }[];
  readonly hasMail: boolean;
}

/**
 * Reads who runs the installation.
 * @param context the process' context
 * @param actor who asks
 * @throws AppError sign_in_needed, not_allowed
 */
export async function readAdministrators(context: Context, actor: Actor): Promise<Administrators> {
  requireRight(actor, 'administer installation', installation);
  return {
    administrators: await selectHeldRoles(context.db, { networkId: null, today: toDate(context.now()) }),
    networks: await selectNetworkSummaries(context.db),
    hasMail: context.mailer !== null,
  };
}
