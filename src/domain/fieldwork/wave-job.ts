import type { WaveState } from './types';

/** What is done to a wave in the background. */
export const waveJobSteps = ['close', 'release'] as const;
export type WaveJobStep = (typeof waveJobSteps)[number];

export const waveJobStates = ['waiting', 'running', 'failed'] as const;
export type WaveJobState = (typeof waveJobStates)[number];

/**
 * @param step what is done
 * @returns the state that the wave has afterwards
 */
export function stateAfter(step: WaveJobStep): WaveState {
  return step === 'close' ? 'closed' : 'released';
}
