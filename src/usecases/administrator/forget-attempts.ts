import type { Context } from '../../context';
import { deleteOldAttempts } from '../../db/attempts';
import { toDate } from '../../domain/fieldwork/wave-state';

/**
 * Throws away the keys of earlier days, by which counted network addresses could be recognised, and counts that no
 * longer matter. The installation does this by itself; nobody asks for it.
 * @param context the process' context
 */
export async function forgetAttempts(context: Context): Promise<void> {
  const now = context.now();
  await deleteOldAttempts(context.db, { day: toDate(now), now });
}
