import type { Context } from '../../context';
import { isDatabaseAnswering } from '../../db/health';

/**
 * Tells whether the installation can serve people.
 * @param context the process' context
 * @returns true when the database answers
 */
export async function checkHealth(context: Context): Promise<boolean> {
  return isDatabaseAnswering(context.db);
}
