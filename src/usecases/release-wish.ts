import { insertAuditEvent } from '../db/audit';
import type { Database } from '../db/database';
import {
  deleteReleaseRequest,
  insertReleaseRequest,
  selectOptionalReleaseRequest,
  type ReleaseRequest,
} from '../db/release-requests';
import { selectOptionalWaveJob } from '../db/wave-jobs';
import type { Wave } from '../db/waves';
import { readNorwegianTime, releaseVisibilities, type ReleaseChoice } from '../domain/fieldwork/release-choice';
import type { CorrectionWish } from '../domain/fieldwork/read-correction';
import type { FieldFault } from '../domain/form-fault';
import { AppError } from '../errors';
import { enqueueWaveStep } from './enqueue-wave-step';
import { canBePublic, requirePublishable } from './require-publishable';

const dayMilliseconds = 86_400_000;
const longestEmbargoDays = 730;

/** What is asked for, by whom and when. */
interface AskedRelease {
  readonly wave: Wave;
  readonly actorId: string;
  readonly requestedAt: Date;
  readonly choice: ReleaseChoice;
  /** Null: the first release. */
  readonly correction: CorrectionWish | null;
}

/**
 * Keeps that a wave is to be released or corrected. Where two people release, it waits for another person; otherwise the work
 * begins in the background. Asking again while it waits or is under way changes nothing.
 * @param transaction a transaction
 * @param asked the wave, how it is released, by whom it is asked for and when
 */
export async function askForRelease(transaction: Database, asked: AskedRelease): Promise<void> {
  const { wave, actorId, requestedAt, choice, correction } = asked;
  if (!(await makeRoomForRequest(transaction, wave))) return;
  const isKept = await insertReleaseRequest(transaction, {
    ...choice,
    ...(correction ?? { reason: null, minimumCellSize: null }),
    waveId: wave.id,
    requestedBy: actorId,
    requestedAt,
  });
  if (isKept) {
    const { visibility, embargoUntil } = choice;
    await insertAuditEvent(transaction, {
      occurredAt: requestedAt,
      actorId,
      networkId: wave.networkId,
      action: correction === null ? 'asked for release' : 'asked for correction',
      subject: wave.key,
      detail: { ...correction, visibility, embargoUntil: embargoUntil?.toISOString() ?? null },
    });
  }
  if (wave.releaseNeedsTwo) return;
  const step = correction === null ? 'release' : 'correct';
  await enqueueWaveStep(transaction, { waveId: wave.id, step, actorId, requestedAt });
}

/** What was asked for and could not be done is forgotten, unless it waits for another person; false while a release is under way. */
async function makeRoomForRequest(transaction: Database, wave: Wave): Promise<boolean> {
  const job = await selectOptionalWaveJob(transaction, wave.id);
  if (job !== null && job.step !== 'close' && job.state !== 'failed') return false;
  const request = await selectOptionalReleaseRequest(transaction, wave.id);
  const waits = wave.releaseNeedsTwo && request !== null && request.approvedBy === null;
  if (!waits) await deleteReleaseRequest(transaction, wave.id);
  return true;
}

/**
 * Reads who is to see a release, and from when.
 * @param wave the wave
 * @param input visibility, and embargo as YYYY-MM-DDTHH:MM in Norway or empty, as the form sends them
 * @param now the moment of asking
 * @returns the choice and everything that is wrong with it
 */
export function readReleaseChoice(
  wave: Wave,
  { visibility, embargo }: { readonly visibility: string; readonly embargo: string },
  now: Date,
): { readonly choice: ReleaseChoice; readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const chosen = releaseVisibilities.find((one) => one === visibility);
  if (chosen === undefined) faults.push({ field: 'visibility', key: 'wave_form.fault.choose' });
  if (chosen === 'public' && !canBePublic(wave)) faults.push({ field: 'visibility', key: 'release.fault.not_public' });
  const embargoUntil = embargo.trim() === '' ? null : readNorwegianTime(embargo.trim());
  if (embargo.trim() !== '' && embargoUntil === null) faults.push({ field: 'embargo', key: 'release.fault.time' });
  if (embargoUntil !== null) {
    const ahead = embargoUntil.getTime() - now.getTime();
    if (ahead <= 0) faults.push({ field: 'embargo', key: 'release.fault.past' });
    if (ahead > longestEmbargoDays * dayMilliseconds) faults.push({ field: 'embargo', key: 'release.fault.far' });
  }
  return { choice: { visibility: chosen ?? 'network', embargoUntil }, faults };
}

/**
 * Decides how a wave is released: where two people release, as one asked for and another approved; otherwise as is given,
 * or as was asked for on the wave's page.
 * @param transaction a transaction that holds the wave
 * @param wave the wave
 * @param given what the command line says
 * @returns visibility and embargo, what was asked for, and who approved it
 * @throws AppError release_needs_two or release_not_public
 */
export async function decideRelease(
  transaction: Database,
  wave: Wave,
  given: ReleaseChoice | undefined,
): Promise<{
  readonly choice: ReleaseChoice;
  readonly request: ReleaseRequest | null;
  readonly approvedBy: string | null;
}> {
  const request = await selectOptionalReleaseRequest(transaction, wave.id);
  const approvedBy = request?.approvedBy ?? null;
  if (wave.releaseNeedsTwo && approvedBy === null) throw new AppError('release_needs_two');
  const asked = request ?? { visibility: 'network', embargoUntil: null };
  const { visibility, embargoUntil } = wave.releaseNeedsTwo ? asked : (given ?? asked);
  requirePublishable(wave, visibility);
  return { choice: { visibility, embargoUntil }, request, approvedBy };
}
