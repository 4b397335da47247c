import type { WaveState } from './types';

/** Why an invitation cannot be answered now. */
export type AnsweringObstacle = 'already_answered' | 'link_expired' | 'wave_not_open';

/**
 * Tells whether an invitation can be answered.
 * @param invitation its disposition (null: none yet) and the state of its wave
 * @returns what stands in the way, or null when it can be answered
 */
export function findAnsweringObstacle(invitation: {
  readonly disposition: string | null;
  readonly waveState: WaveState;
}): AnsweringObstacle | null {
  if (invitation.disposition === 'answered') return 'already_answered';
  if (invitation.waveState === 'draft') return 'wave_not_open';
  return invitation.waveState === 'open' ? null : 'link_expired';
}
