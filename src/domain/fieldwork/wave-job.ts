import type { WaveState } from './types';
import { isNextState } from './wave-state';

/** What is done to a wave in the background. */
export const waveJobSteps = ['close', 'release', 'correct'] as const;
export type WaveJobStep = (typeof waveJobSteps)[number];

export const waveJobStates = ['waiting', 'running', 'failed'] as const;
export type WaveJobState = (typeof waveJobStates)[number];

/** What a release under way is doing: reading responses, or deciding what of them is shown. */
export const waveJobPhases = ['reading', 'computing'] as const;
export type WaveJobPhase = (typeof waveJobPhases)[number];

/** How far work under way has come. */
export interface WaveJobProgress {
  readonly phase: WaveJobPhase;
  /** Responses read, or decisions taken, and of how many; 0 of 0 when that is not known. */
  readonly done: number;
  readonly total: number;
}

/**
 * Tells whether a step is still to be done. A correction leaves the wave as it is: what was asked for goes with it.
 * @param step what was asked for
 * @param wave its state, and whether a release is asked for
 */
export function isStillToDo(
  step: WaveJobStep,
  { state, isReleaseAsked }: { readonly state: WaveState; readonly isReleaseAsked: boolean },
): boolean {
  if (step === 'correct') return state === 'released' && isReleaseAsked;
  return isNextState(state, step === 'close' ? 'closed' : 'released');
}
