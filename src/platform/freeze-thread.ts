import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { createReleaseFreezer, type FreezeInput } from '../domain/benchmark/freeze-editions';
import type { EditionFreezer, FrozenGroups } from '../domain/benchmark/protect-indicators';
import { giveWay } from './give-way';

/** What a thread that decides is given. */
export interface FreezeThreadInput {
  readonly release: FreezeInput;
  /** The network's edition, when the public one is decided; null: the network's is. */
  readonly network: FrozenGroups | null;
}

/** One decision, and what was decided before it; the answer is its groups. */
export interface FreezeThreadTask {
  readonly indicator: string;
  readonly settled: FrozenGroups;
}

function createEdition({ release, network }: FreezeThreadInput): EditionFreezer {
  const freezer = createReleaseFreezer(release);
  if (network === null) return freezer.network;
  if (freezer.public === null) throw new RangeError('Nothing is to be made public.');
  return freezer.public(network);
}

giveWay();
const { input } = z.object({ input: z.custom<FreezeThreadInput>() }).parse(workerData);
const edition = createEdition(input);
parentPort?.on('message', (task: unknown) => {
  const { indicator, settled } = z.custom<FreezeThreadTask>().parse(task);
  parentPort?.postMessage(edition.settle(indicator, settled));
});
