import type { Context } from '../../context';
import { deleteOldRegisterImports } from '../../db/register-imports';
import { keptMilliseconds } from '../pending-register';

/**
 * Throws away what was read of a register and not confirmed within a day. The installation does this by itself; nobody
 * asks for it.
 * @param context the process' context
 */
export async function forgetRegisterImports(context: Context): Promise<void> {
  await deleteOldRegisterImports(context.db, new Date(context.now().getTime() - keptMilliseconds));
}
