import type { Context } from '../../context';
import type { Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { fetchRegisterFiles } from '../fetch-register-files';
import { keepContent, requireAdministrator } from '../pending-register';
import { readRegister, type RegisterRequest } from '../register-content';

/**
 * Fetches from a register and keeps the answer until the administrator has looked at what it would change.
 * @param context the process' context
 * @param actor who asks
 * @param input what is to be fetched, and the language of faults
 * @returns id of what is kept
 * @throws AppError register_off, register_unreachable, register_nothing, register_too_large, import_faulty
 */
export async function fetchRegister(
  context: Context,
  actor: Actor,
  input: { readonly request: RegisterRequest; readonly language: Language },
): Promise<{ readonly id: string }> {
  const actorId = requireAdministrator(actor);
  if (context.registers === null) throw new AppError('register_off');
  const files = await fetchRegisterFiles(context.registers, input.request, input.language);
  return { id: await keepContent(context, actorId, readRegister(files, input.request)) };
}
