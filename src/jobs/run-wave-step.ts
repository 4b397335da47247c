import { extname, join } from 'node:path';
import { z } from 'zod';
import type { Context } from '../context';
import { waveJobPhases } from '../domain/fieldwork/wave-job';
import { errorStatuses, type ErrorCode } from '../errors';
import type { QueueTask } from '../platform/job-queue';
import { runInThread } from '../platform/run-in-thread';
import {
  beginWaveStep,
  endWaveStep,
  noteWaveStepProgress,
  type WaveStepOutcome,
} from '../usecases/coordinator/follow-wave-step';
import type { WaveStepInput } from './wave-step-thread';

const program = join(__dirname, `wave-step-thread${extname(__filename)}`);

const payloadSchema = z.object({ waveId: z.string() });
const codeSchema = z.custom<ErrorCode>((code) => typeof code === 'string' && code in errorStatuses);
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), phase: z.enum(waveJobPhases), done: z.number(), total: z.number() }),
  z.object({
    kind: z.literal('outcome'),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('done') }),
      z.object({
        kind: z.literal('failed'),
        code: codeSchema,
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ]),
  }),
]);

/**
 * Makes the task that closes and releases waves, each in a thread of its own. What a person can do something about is
 * told on the wave's page; anything else, a stop of the program included, is tried again a few times.
 * @param context the process' context
 * @param databaseUrl postgres:// address
 * @returns the task
 */
export function createWaveStepTask(context: Context, databaseUrl: string): QueueTask {
  return async (payload, attempt) => {
    const { waveId } = payloadSchema.parse(payload);
    const job = await beginWaveStep(context, waveId);
    if (job === null) return;
    const { waveKey, step, actorId } = job;
    const input: WaveStepInput = { config: context.config, databaseUrl, waveKey, step, actorId };
    try {
      await endWaveStep(context, waveId, await takeStep(context, { waveId, input, signal: attempt.signal }));
    } catch (fault) {
      await endWaveStep(context, waveId, attempt.isLast ? unexpected : { kind: 'later' });
      throw fault;
    }
  };
}

const unexpected: WaveStepOutcome = { kind: 'failed', code: 'unexpected', values: {} };

interface Attempt {
  readonly waveId: string;
  readonly input: WaveStepInput;
  readonly signal: AbortSignal | undefined;
}

async function takeStep(context: Context, { waveId, input, signal }: Attempt): Promise<WaveStepOutcome> {
  let outcome: WaveStepOutcome = unexpected;
  let noted = Promise.resolve();
  const onMessage = (message: unknown): void => {
    const told = messageSchema.parse(message);
    if (told.kind === 'outcome') outcome = told.outcome;
    // Not known to anybody is better than not done.
    else noted = noted.then(() => noteWaveStepProgress(context, waveId, told)).catch(() => undefined);
  };
  await runInThread({ program, input, onMessage, signal });
  await noted;
  return outcome;
}
