import type { Context } from '../../context';
import { updatePerson } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import { isLanguage, type Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

const longestName = 200;

/**
 * Changes how the person who is signed in is called and written to.
 * @param context the process' context
 * @param actor who asks
 * @param input the form as it was filled in
 * @returns the language
 * @throws AppError sign_in_needed, form_faulty
 */
export async function changeAccount(
  context: Context,
  actor: Actor,
  input: { readonly name: string; readonly language: string },
): Promise<Language> {
  if (actor.kind !== 'person') throw new AppError('sign_in_needed');
  const name = input.name.trim();
  const { language } = input;
  if (name === '' || name.length > longestName) throw refuse('name');
  if (!isLanguage(language)) throw refuse('language');
  await context.db.transaction(async (transaction) => {
    await updatePerson(transaction, { id: actor.id, name, language });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: actor.id,
      networkId: null,
      action: 'changed own account',
      subject: actor.id,
    });
  });
  return language;
}

function refuse(field: 'name' | 'language'): AppError {
  return new AppError('form_faulty', { fields: [{ field, key: `account.fault.${field}` }] });
}
