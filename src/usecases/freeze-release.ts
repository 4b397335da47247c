import type { Context } from '../context';
import type { Database } from '../db/database';
import { deleteFrozenIndicators, insertFrozenIndicator, selectFrozenIndicators } from '../db/frozen-indicators';
import { keepToldGroups, toFreezeInput, type ReleaseInput } from '../domain/benchmark/compute-release';
import type { FrozenEditions } from '../domain/benchmark/freeze-editions';
import { hashCanonical } from '../domain/benchmark/release-hashes';
import { toDate } from '../domain/fieldwork/wave-state';

/** A release to be decided on. */
export interface FreezeWork {
  readonly input: ReleaseInput;
  /** Smallest number of valid answers behind a public figure; null: nothing is made public. */
  readonly publicCellSize: number | null;
  /** Hashes of strata and answers, and of the instrument. */
  readonly hashes: { readonly input: string; readonly instrument: string };
  /** Told how many decisions have been taken, of how many. */
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Decides what a release shows. Every decision is kept at once, outside the release's transaction, so that a program that is
 * killed does not begin again; they are forgotten with the transaction that stores the release.
 * @param context the process' context
 * @param transaction the transaction that stores the release
 * @param work what is decided, and from what
 * @returns what is shown
 */
export async function freezeRelease(
  context: Context,
  transaction: Database,
  { input: release, publicCellSize, hashes, onProgress }: FreezeWork,
): Promise<FrozenEditions> {
  const input = toFreezeInput(release, publicCellSize);
  const { policy, peers = [], totalsCellSize = null, tally } = input;
  const rules = { policy, peers, publicCellSize, totalsCellSize, earlier: release.earlier?.number ?? null };
  const inputSha256 = hashCanonical({ ...hashes, ...rules, software: context.softwareVersion });
  const known = await selectFrozenIndicators(context.db, inputSha256);
  const total = tally.indicators.length * (publicCellSize === null ? 1 : 2);
  let done = known.network.size + known.public.size;
  onProgress(done, total);
  const date = toDate(context.now());
  const frozen = await context.freeze({
    input,
    known,
    restrict: (network) => keepToldGroups(release, network),
    onSettled: async (edition, indicator, groups) => {
      await insertFrozenIndicator(context.db, { inputSha256, edition, indicator, groups, date });
      done += 1;
      onProgress(done, total);
    },
  });
  await deleteFrozenIndicators(transaction, inputSha256);
  return frozen;
}
