import type { Database } from '../db/database';
import { selectOptionalReleaseRequest } from '../db/release-requests';
import type { Wave } from '../db/waves';
import { isStillToDo, type WaveJobStep } from '../domain/fieldwork/wave-job';

/**
 * Tells whether closing, releasing or correcting a wave is still to be done, or was done meanwhile.
 * @param db the database or a transaction
 * @param wave the wave
 * @param step what was asked for
 */
export async function isStepWanted(db: Database, wave: Wave, step: WaveJobStep): Promise<boolean> {
  const request = step === 'correct' ? await selectOptionalReleaseRequest(db, wave.id) : null;
  return isStillToDo(step, { state: wave.state, isReleaseAsked: request !== null });
}
