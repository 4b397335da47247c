import type { Context } from '../../context';
import { isInstallationEmpty, selectOptionalDemoNetworkId } from '../../db/demo';

/**
 * Tells whether the installation holds the demo network.
 * @param context the process' context
 */
export async function hasDemoNetwork(context: Context): Promise<boolean> {
  return (await selectOptionalDemoNetworkId(context.db)) !== null;
}

/**
 * Tells whether a demo network may be filled in: only where nothing has been entered yet.
 * @param context the process' context
 */
export async function mayFillDemo(context: Context): Promise<boolean> {
  return isInstallationEmpty(context.db);
}
