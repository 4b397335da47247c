import type { Context } from '../../context';
import { deleteOldFrozenIndicators } from '../../db/frozen-indicators';
import { toDate } from '../../domain/fieldwork/wave-state';

const keptMilliseconds = 7 * 86_400_000;

/**
 * Throws away what was decided of releases that were not finished within a week. The installation does this by itself;
 * nobody asks for it.
 * @param context the process' context
 */
export async function forgetFrozenIndicators(context: Context): Promise<void> {
  await deleteOldFrozenIndicators(context.db, toDate(new Date(context.now().getTime() - keptMilliseconds)));
}
