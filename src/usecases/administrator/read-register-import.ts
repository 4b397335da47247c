import type { Context } from '../../context';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { findContent, requireAdministrator } from '../pending-register';
import { compareRegister, countDifference, nameDifference, type RegisterDifference } from '../register-difference';

/** What storing an import would do. */
export interface RegisterPreview {
  readonly difference: RegisterDifference;
  readonly counts: ReturnType<typeof countDifference>;
  /** The difference's name; storing asks for it, so that nothing else is stored than what was looked at. */
  readonly name: string;
  /** The file is one page of several; null when it is whole. */
  readonly page: { readonly number: number; readonly of: number } | null;
}

/**
 * Shows what an import that was read would change now.
 * @param context the process' context
 * @param actor who asks
 * @param input id of what was read
 * @returns what would be added and changed
 * @throws AppError register_import_unknown
 */
export async function readRegisterImport(
  context: Context,
  actor: Actor,
  input: { readonly id: string },
): Promise<RegisterPreview> {
  const actorId = requireAdministrator(actor);
  const content = await findContent(context.db, { id: input.id, actorId });
  const difference = await compareRegister(context.db, content, toDate(context.now()));
  return {
    difference,
    counts: countDifference(difference),
    name: nameDifference(difference),
    page: content.kind === 'organisations' ? content.page : null,
  };
}
