import type { Context } from '../../context';
import { selectStrata } from '../../db/frames';
import { selectReleaseEditions, selectReleaseHistory, type ListedRelease } from '../../db/release-history';
import { countParticipation, isSameParticipation } from '../../domain/benchmark/participation';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/** Everything that has been released of a wave, and whether it can be corrected. */
export interface Releases {
  /** Newest first. */
  readonly releases: readonly ListedRelease[];
  /** False when a response has gone since: then nothing more is released. */
  readonly hasSameAnswers: boolean;
}

/**
 * Reads what has been released of a wave, when, by whom and why.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readReleases(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<Releases> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const releases = await selectReleaseHistory(context.db, wave);
  const [newest] = await selectReleaseEditions(context.db, wave.id);
  const strata = await selectStrata(context.db, wave.id);
  const counts = Int32Array.from(strata, ({ respondentCount }) => respondentCount);
  const hasSameAnswers =
    newest !== undefined &&
    isSameParticipation(newest.participation, countParticipation(strata, counts, newest.policy.minimumCellSize));
  return { releases, hasSameAnswers };
}
