import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { z } from 'zod';
import {
  createReleaseFreezer,
  type FreezeInput,
  type FrozenEditions,
  type RestrictGroups,
} from '../domain/benchmark/freeze-editions';
import type { IndicatorGroups } from '../domain/benchmark/indicator-groups';
import type { EditionFreezer, FrozenGroups } from '../domain/benchmark/protect-indicators';
import type { ReleaseVisibility } from '../domain/fieldwork/release-choice';
import type { FreezeThreadInput, FreezeThreadTask } from './freeze-thread';
import { startThreadPool } from './thread-pool';

const program = join(__dirname, `freeze-thread${extname(__filename)}`);
/** More would need more memory than they save time. */
const mostThreads = 4;
/** Cells times indicators below which it takes longer to start threads than to decide. */
const fewDecisions = 2000;

/** What is to be decided of a release. */
export interface FreezeRequest {
  readonly input: FreezeInput;
  /** What an earlier attempt with the same input decided, by edition. */
  readonly known: Readonly<Record<ReleaseVisibility, FrozenGroups>>;
  /** What of the network's edition is kept, before the public one is decided. */
  readonly restrict: RestrictGroups;
  /** Told of every new decision; the next waits for it. */
  readonly onSettled: (edition: ReleaseVisibility, indicator: string, groups: IndicatorGroups) => Promise<void>;
}

/** Decides what the editions of a release show. */
export type FreezeRelease = (request: FreezeRequest) => Promise<FrozenEditions>;

/**
 * Decides what the editions of a release show, indicators side by side in threads when there is much to decide. The same
 * input gives the same decisions, in however many threads.
 * @param request strata, counts and rules, and what is known already
 * @returns what is shown
 * @throws RangeError when strata and tally do not belong together
 */
export async function freezeInThreads(request: FreezeRequest): Promise<FrozenEditions> {
  const { input } = request;
  const freezer = createReleaseFreezer(input);
  const settled = await freezeEdition(request, freezer.network, { edition: 'network', network: null });
  const network = request.restrict(settled);
  if (freezer.public === null) return { network, public: null };
  return { network, public: await freezeEdition(request, freezer.public(network), { edition: 'public', network }) };
}

async function freezeEdition(
  { input, known, onSettled }: FreezeRequest,
  freezer: EditionFreezer,
  { edition, network }: { readonly edition: ReleaseVisibility; readonly network: FrozenGroups | null },
): Promise<FrozenGroups> {
  const missing = freezer.tasks.filter(({ indicator }) => !known[edition].has(indicator)).length;
  const isSmall = missing * input.strata.length < fewDecisions;
  const size = Math.min(availableParallelism(), mostThreads, missing);
  const threadInput: FreezeThreadInput = { release: input, network };
  const pool = isSmall ? null : startThreadPool({ program, input: threadInput, size });
  const settle = async (task: FreezeThreadTask): Promise<IndicatorGroups> => {
    const groups =
      pool === null
        ? freezer.settle(task.indicator, task.settled)
        : z.custom<IndicatorGroups>().parse(await pool.run(task));
    await onSettled(edition, task.indicator, groups);
    return groups;
  };
  try {
    return await takeInOrder(freezer, (task) => known[edition].get(task.indicator) ?? settle(task));
  } finally {
    await pool?.close();
  }
}

/** Begins every decision as soon as those before it have been taken. */
async function takeInOrder(
  { tasks }: EditionFreezer,
  settle: (task: FreezeThreadTask) => IndicatorGroups | Promise<IndicatorGroups>,
): Promise<FrozenGroups> {
  const settled = new Map<string, Promise<readonly [string, IndicatorGroups]>>();
  for (const { indicator, after } of tasks) {
    const before = Promise.all(after.flatMap((id) => settled.get(id) ?? []));
    settled.set(
      indicator,
      before.then(async (groups) => [indicator, await settle({ indicator, settled: new Map(groups) })] as const),
    );
  }
  return new Map(await Promise.all(settled.values()));
}
