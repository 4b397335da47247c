import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import {
  insertProvider,
  replaceProviderOrganisations,
  selectOptionalProvider,
  updateProvider,
  type NewProvider,
} from '../../db/identity-providers';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { createPrivateKey } from '../../identity/authenticate-client';
import { idOf, installation, requireRight } from '../authorise';
import { checkProviderForm, type CheckedProvider, type ProviderForm } from '../check-provider-form';
import { sealProviderSecret } from '../provider-access';

const keyIdBytes = 8;

/**
 * Adds a provider, or changes everything about one but its key. With a private key the program makes the key itself.
 * @param context the process' context
 * @param actor who asks
 * @param input the form as it was filled in; isNew: false for one that exists
 * @returns key of the provider
 * @throws AppError sign_in_needed, not_allowed, form_faulty, provider_exists, provider_unknown
 */
export async function saveProvider(
  context: Context,
  actor: Actor,
  input: ProviderForm & { readonly isNew: boolean },
): Promise<{ readonly key: string }> {
  requireRight(actor, 'administer installation', installation);
  const { key, isNew } = input;
  return nameConstraintFaults({ key }, () =>
    context.db.transaction(async (transaction) => {
      const known = await selectOptionalProvider(transaction, key);
      if (isNew !== (known === null))
        throw new AppError(isNew ? 'provider_exists' : 'provider_unknown', { values: { key } });
      const keptSecret = known?.authentication === input.authentication ? known.sealedSecret : null;
      const form = { form: input, hasSecret: keptSecret !== null };
      const { checked, organisations } = await checkProviderForm(context, transaction, form);
      const sealedSecret = chooseSecret(context, { checked, written: input.secret, kept: keptSecret });
      const provider: NewProvider = { ...checked, key, sealedSecret };
      if (isNew) await insertProvider(transaction, provider);
      else await updateProvider(transaction, provider);
      const { id = '' } = (await selectOptionalProvider(transaction, key)) ?? {};
      await replaceProviderOrganisations(transaction, id, organisations);
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: null,
        action: isNew ? 'added sign-in provider' : 'changed sign-in provider',
        subject: key,
        detail: { issuer: provider.issuer, rules: provider.roleRules.length, isActive: provider.isActive },
      });
      return { key };
    }),
  );
}

function chooseSecret(
  context: Context,
  { checked, written, kept }: { checked: CheckedProvider; written: string; kept: Buffer | null },
): Buffer | null {
  if (checked.authentication === 'none') return null;
  if (checked.authentication !== 'private_key_jwt') return written === '' ? kept : sealProviderSecret(context, written);
  return kept ?? sealProviderSecret(context, createPrivateKey(context.randomBytes(keyIdBytes).toString('hex')));
}
