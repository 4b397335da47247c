import type { Wave } from '../db/waves';
import type { ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { AppError } from '../errors';

/**
 * Tells whether figures of a wave may be made public at all: respondents were told of it, and the members have agreed to
 * be seen.
 * @param wave the wave
 */
export function canBePublic(wave: Pick<Wave, 'publicCellSize' | 'policy'>): boolean {
  return wave.publicCellSize !== null && wave.policy.isOpenNetwork;
}

/**
 * Stops a release for everybody when the wave's figures may not become public.
 * @param wave the wave
 * @param visibility what is chosen
 * @throws AppError release_not_public
 */
export function requirePublishable(wave: Wave, visibility: ReleaseVisibility): void {
  if (visibility === 'public' && !canBePublic(wave)) throw new AppError('release_not_public');
}
