import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectStrata } from '../db/frames';
import { insertRelease, insertReleaseFigures } from '../db/releases';
import { selectResponseBatches } from '../db/response-batches';
import { selectOptionalWavePeers } from '../db/wave-peers';
import type { Wave } from '../db/waves';
import { collectEditions } from '../domain/benchmark/compute-release';
import { nothingOutside } from '../domain/benchmark/outside-figures';
import type { ReleaseFigures } from '../domain/benchmark/release-figures';
import { hashCanonical, hashReleaseInput } from '../domain/benchmark/release-hashes';
import { sortStrata, type ReleaseStratum } from '../domain/benchmark/release-strata';
import { createResponseCounter, type ResponseTally } from '../domain/benchmark/tally-responses';
import { isSuppressed } from '../domain/disclosure/publishable';
import type { DisclosurePolicy } from '../domain/disclosure/types';
import type { ReleaseChoice, ReleaseVisibility } from '../domain/fieldwork/release-choice';
import type { WaveJobProgress } from '../domain/fieldwork/wave-job';
import type { Codebook } from '../domain/instrument/codebook';
import { compileIndicators } from '../domain/instrument/indicator-values';
import { AppError } from '../errors';
import { freezeRelease } from './freeze-release';
import { loadEarlierRelease } from './load-earlier-release';
import { loadOutsideFigures } from './load-outside-figures';

/** What became of it, without a single figure. */
export interface ReleasedWave {
  readonly wave: string;
  readonly number: number;
  readonly figures: number;
  readonly inputSha256: string;
}

/** Is told how far a release has come. */
export type ProgressListener = (progress: WaveJobProgress) => void;

interface ReleaseTask {
  readonly wave: Wave;
  readonly choice: ReleaseChoice;
  readonly releasedAt: Date;
  readonly onProgress: ProgressListener | undefined;
  /** Why it corrects the release before it; null: the first release. */
  readonly reason: string | null;
}

/**
 * Computes the figures of a wave from its responses and stores them as its next release.
 * @param context the process' context
 * @param transaction the transaction that holds the wave
 * @param task the wave, how it is released, when and why
 * @returns number of the release and how many figures it holds
 * @throws AppError too_few_responses, too_few_public, and for a correction release_answers_changed or correction_empty
 */
export async function storeRelease(context: Context, transaction: Database, task: ReleaseTask): Promise<ReleasedWave> {
  const { wave, choice, releasedAt, onProgress, reason } = task;
  const instrument = await context.instruments.load(transaction, wave.instrumentVersionId);
  const stored = await selectStrata(transaction, wave.id);
  const strata = sortStrata(stored);
  const total = stored.reduce((sum, { respondentCount }) => sum + respondentCount, 0);
  const tally = await countResponses(transaction, {
    waveId: wave.id,
    codebook: instrument.codebook,
    strata,
    onProgress: (done) => onProgress?.({ phase: 'reading', done, total }),
  });
  const { policy } = wave;
  const publicCellSize = choice.visibility === 'public' ? wave.publicCellSize : null;
  const around = { wave, instrument, strata, seenFrom: choice.embargoUntil ?? releasedAt };
  const outside = {
    network: await loadOutsideFigures(context, transaction, around, 'network'),
    public: publicCellSize === null ? nothingOutside : await loadOutsideFigures(context, transaction, around, 'public'),
  };
  const { bases } = instrument.codebook;
  const peers = (await selectOptionalWavePeers(transaction, wave.id))?.groups ?? [];
  const earlier = reason === null ? null : await loadEarlierRelease(transaction, { wave, strata, tally });
  const inputSha256 = hashReleaseInput(strata, tally);
  const input = { strata, tally, bases, policy, peers, outside, ...(earlier === null ? {} : { earlier }) };
  const frozen = await freezeRelease(context, transaction, {
    input,
    publicCellSize,
    hashes: { input: inputSha256, instrument: instrument.sha256 },
    onProgress: (done, all) => onProgress?.({ phase: 'computing', done, total: all }),
  });
  const editions = collectEditions(input, frozen, publicCellSize);
  if (isEmpty(editions.network)) throw new AppError(earlier === null ? 'too_few_responses' : 'correction_empty');
  if (editions.public !== null && isEmpty(editions.public.figures)) throw new AppError('too_few_public');
  const store = async (audience: ReleaseVisibility, figures: ReleaseFigures, rules: DisclosurePolicy) => {
    const { id, number } = await insertRelease(transaction, {
      waveId: wave.id,
      reason,
      audience,
      embargoUntil: choice.embargoUntil,
      releasedAt,
      policy: rules,
      lattice: figures.lattice,
      participation: figures.participation,
      comparators: figures.comparators,
      policySha256: hashCanonical(rules),
      latticeSha256: hashCanonical(figures.lattice),
      inputSha256,
      instrumentSha256: instrument.sha256,
      baselinesSha256: context.baselines.sha256,
      softwareVersion: context.softwareVersion,
    });
    await insertReleaseFigures(transaction, id, figures);
    return number;
  };
  const number = await store('network', editions.network, policy);
  if (editions.public !== null) await store('public', editions.public.figures, editions.public.policy);
  return { wave: wave.key, number, figures: editions.network.estimates.length, inputSha256 };
}

function isEmpty({ estimates }: ReleaseFigures): boolean {
  return estimates.every(({ estimate }) => isSuppressed(estimate));
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
