import type { Context } from '../../context';
import { selectOptionalNewestRelease } from '../../db/releases';
import { selectOptionalReleaseRequest, type ReleaseRequest } from '../../db/release-requests';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { Actor } from '../../domain/permissions';
import { findWave, idOf } from '../authorise';
import { canBePublic } from '../require-publishable';

/** What is chosen, or has been asked for, when a wave is to be released. */
export interface ReleasePlan {
  readonly needsTwo: boolean;
  readonly canBePublic: boolean;
  /** Whether respondents were told that figures may become public. */
  readonly wasTold: boolean;
  readonly publicCellSize: number | null;
  readonly minimumCellSize: number;
  /** Who sees the newest release; the network where there is none. */
  readonly newestVisibility: ReleaseVisibility;
  readonly request: (ReleaseRequest & { readonly isOwn: boolean }) | null;
}

/**
 * Reads how a wave can be released or corrected, and whether somebody has asked for it.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readReleasePlan(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<ReleasePlan> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const request = await selectOptionalReleaseRequest(context.db, wave.id);
  const newest = await selectOptionalNewestRelease(context.db, wave.id);
  return {
    needsTwo: wave.releaseNeedsTwo,
    canBePublic: canBePublic(wave),
    wasTold: wave.publicCellSize !== null,
    publicCellSize: wave.publicCellSize,
    minimumCellSize: wave.policy.minimumCellSize,
    newestVisibility: newest?.isPublic === true ? 'public' : 'network',
    request: request === null ? null : { ...request, isOwn: request.requestedBy === idOf(actor) },
  };
}
