import type { Context } from '../../context';
import { selectOptionalDemoNetworkId } from '../../db/demo';
import { selectOpenInstruments } from '../../db/instruments';

/** What the front page tells of this installation. */
export interface Front {
  readonly isDemo: boolean;
  /** How long answering takes in the waves that are open now; null when none is. */
  readonly minutes: { readonly from: number; readonly to: number } | null;
}

/**
 * Reads what the front page tells.
 * @param context the process' context
 */
export async function readFront(context: Context): Promise<Front> {
  const [demoNetworkId, versions] = await Promise.all([
    selectOptionalDemoNetworkId(context.db),
    selectOpenInstruments(context.db),
  ]);
  const open = await Promise.all(versions.map((versionId) => context.instruments.load(context.db, versionId)));
  const minutes = open.map(({ codebook }) => codebook.minutes);
  return {
    isDemo: demoNetworkId !== null,
    minutes:
      minutes.length === 0
        ? null
        : { from: Math.min(...minutes.map(({ from }) => from)), to: Math.max(...minutes.map(({ to }) => to)) },
  };
}
