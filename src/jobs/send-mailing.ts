import { z } from 'zod';
import type { Context } from '../context';
import type { QueueTask } from '../platform/job-queue';
import { giveUpMailing, runMailing } from '../usecases/administrator/run-mailing';

const payloadSchema = z.object({ mailingId: z.string() });

/**
 * Makes the task that sends mails.
 * @param context the process' context
 * @param stopping aborted as soon as the program is asked to stop: mails under way are ended, and no others begun
 * @returns the task
 */
export function createMailingTask(context: Context, stopping: AbortSignal): QueueTask {
  return async (payload, { signal, isLast }) => {
    const { mailingId } = payloadSchema.parse(payload);
    try {
      await runMailing(context, mailingId, signal === undefined ? stopping : AbortSignal.any([stopping, signal]));
    } catch (fault) {
      if (isLast) await giveUpMailing(context, mailingId);
      throw fault;
    }
  };
}
