import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { selectStrata } from '../../db/frames';
import { insertRelease, insertReleaseFigures } from '../../db/releases';
import { selectResponseBatches } from '../../db/response-batches';
import { updateWaveReleased, type Wave } from '../../db/waves';
import { computeRelease } from '../../domain/benchmark/compute-release';
import { hashCanonical, hashReleaseInput } from '../../domain/benchmark/release-hashes';
import { sortStrata, type ReleaseStratum } from '../../domain/benchmark/release-strata';
import { createResponseCounter, type ResponseTally } from '../../domain/benchmark/tally-responses';
import { stateBefore, toDate } from '../../domain/fieldwork/wave-state';
import { isSuppressed } from '../../domain/disclosure/publishable';
import { compileIndicators } from '../../domain/instrument/indicator-values';
import type { Codebook } from '../../domain/instrument/codebook';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf, requireState } from '../authorise';

/** What became of it, without a single figure. */
export interface ReleasedWave {
  readonly wave: string;
  readonly number: number;
  readonly figures: number;
  readonly inputSha256: string;
}

type ProgressListener = (done: number, total: number) => void;

/**
 * Computes and stores everything that will ever be shown of a closed wave, in one transaction: weights, mask, estimates
 * and comparisons. The same responses, rules and instrument give the same rows.
 * @param context the process' context
 * @param actor who releases
 * @param input key of the wave, and who is told how many responses have been read, of how many
 * @returns number of the release and how many figures it holds, suppressed ones included
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state when the wave is not closed, or
 *   too_few_responses when nothing could be shown
 */
export async function releaseWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly onProgress?: ProgressListener },
): Promise<ReleasedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, stateBefore('released'));
    const now = context.now();
    const released = await computeAndStore(context, transaction, {
      wave,
      releasedAt: now,
      onProgress: input.onProgress,
    });
    await updateWaveReleased(transaction, { waveId: wave.id, date: toDate(now) });
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'released wave',
      subject: wave.key,
      detail: { number: released.number, inputSha256: released.inputSha256 },
    });
    return released;
  });
}

interface ReleaseTask {
  readonly wave: Wave;
  readonly releasedAt: Date;
  readonly onProgress: ProgressListener | undefined;
}

async function computeAndStore(
  context: Context,
  transaction: Database,
  { wave, releasedAt, onProgress }: ReleaseTask,
): Promise<ReleasedWave> {
  const instrument = await context.instruments.load(transaction, wave.instrumentVersionId);
  const stored = await selectStrata(transaction, wave.id);
  const strata = sortStrata(stored);
  const total = stored.reduce((sum, { respondentCount }) => sum + respondentCount, 0);
  const tally = await countResponses(transaction, {
    waveId: wave.id,
    codebook: instrument.codebook,
    strata,
    onProgress: (done) => onProgress?.(done, total),
  });
  const { policy } = wave;
  const figures = computeRelease({ strata, tally, bases: instrument.codebook.bases, policy });
  if (figures.estimates.every(({ estimate }) => isSuppressed(estimate))) throw new AppError('too_few_responses');
  const inputSha256 = hashReleaseInput(strata, tally);
  const { id, number } = await insertRelease(transaction, {
    waveId: wave.id,
    releasedAt,
    policy,
    lattice: figures.lattice,
    participation: figures.participation,
    policySha256: hashCanonical(policy),
    latticeSha256: hashCanonical(figures.lattice),
    inputSha256,
    instrumentSha256: instrument.sha256,
    baselinesSha256: context.baselines.sha256,
    softwareVersion: context.softwareVersion,
  });
  await insertReleaseFigures(transaction, id, figures);
  return { wave: wave.key, number, figures: figures.estimates.length, inputSha256 };
}

interface CountingTask {
  readonly waveId: string;
  readonly codebook: Codebook;
  readonly strata: readonly ReleaseStratum[];
  readonly onProgress: (done: number) => void;
}

async function countResponses(
  transaction: Database,
  { waveId, codebook, strata, onProgress }: CountingTask,
): Promise<ResponseTally> {
  const codes = strata.map(({ code }) => code);
  const counter = createResponseCounter(compileIndicators(codebook), codes);
  let done = 0;
  for await (const batch of selectResponseBatches(transaction, waveId)) {
    for (const { stratum, answers } of batch) counter.add(stratum, answers);
    done += batch.length;
    onProgress(done);
  }
  return counter.tally;
}
