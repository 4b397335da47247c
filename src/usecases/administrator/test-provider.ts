import type { Context } from '../../context';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';
import { findProvider, openProvider } from '../provider-access';

/**
 * Asks a provider what it tells about itself, as a sign-in would.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the provider
 * @returns why it cannot be used, in a short word; null when it answers as it should
 * @throws AppError sign_in_needed, not_allowed, provider_unknown, provider_secret_unreadable
 */
export async function testProvider(
  context: Context,
  actor: Actor,
  input: { readonly key: string },
): Promise<string | null> {
  requireRight(actor, 'administer installation', installation);
  const provider = await findProvider(context.db, input.key);
  const fault = await context.identity.test(openProvider(context, provider));
  return fault?.reason ?? null;
}
