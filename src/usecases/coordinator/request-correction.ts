import type { Context } from '../../context';
import { selectStrata } from '../../db/frames';
import { selectReleaseEditions } from '../../db/release-history';
import type { Database } from '../../db/database';
import type { Wave } from '../../db/waves';
import { readCorrection } from '../../domain/fieldwork/read-correction';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';
import { requireSameRespondents } from '../load-earlier-release';
import { askForRelease, readReleaseChoice } from '../release-wish';

interface CorrectionForm {
  readonly waveKey: string;
  /** Number of the newest release as the page showed it: sent twice, the form asks once. */
  readonly release: string;
  readonly reason: string;
  /** Smallest number of answers behind a figure; empty: as it is. */
  readonly k: string;
  readonly visibility: string;
  /** YYYY-MM-DDTHH:MM in Norway, or empty. */
  readonly embargo: string;
}

/**
 * Asks for a released wave to be released again as a correction. Where two people release, it waits for another person;
 * otherwise the work begins in the background. Asking again while it waits or is under way, or after it was done, changes
 * nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input the wave, the release that is corrected, why, and for whom, as the form sends it
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state, form_faulty or release_answers_changed
 */
export async function requestCorrection(context: Context, actor: Actor, input: CorrectionForm): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const wave = await findWave(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    if (actor.kind !== 'person') throw new AppError('not_allowed');
    requireState(wave, 'released');
    const now = context.now();
    const { correction, faults } = readCorrection(input, wave.policy.minimumCellSize);
    const { choice, faults: choiceFaults } = readReleaseChoice(wave, input, now);
    requireFaultless([...faults, ...choiceFaults]);
    if (!(await canBeCorrected(transaction, wave, input.release))) return;
    await askForRelease(transaction, { wave, actorId: actor.id, requestedAt: now, choice, correction });
  });
}

/** The release that the form corrects must still be the newest one, of the same responses. */
async function canBeCorrected(transaction: Database, wave: Wave, release: string): Promise<boolean> {
  const [newest] = await selectReleaseEditions(transaction, wave.id);
  if (newest === undefined || String(newest.number) !== release) return false;
  const strata = await selectStrata(transaction, wave.id);
  requireSameRespondents(
    newest,
    strata,
    Int32Array.from(strata, ({ respondentCount }) => respondentCount),
  );
  return true;
}
