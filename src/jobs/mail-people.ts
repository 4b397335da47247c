import { z } from 'zod';
import type { Context } from '../context';
import type { QueueTask } from '../platform/job-queue';
import { sendRoleMail } from '../usecases/coordinator/send-role-mail';
import { roleMailTask, signInMailTask } from '../usecases/invitation-mail';
import { sendSignInLink } from '../usecases/visitor/send-sign-in-link';

const signInSchema = z.object({ actorId: z.string(), next: z.string().optional() });
const roleSchema = z.object({ grantId: z.string() });

/**
 * Makes the tasks that mail those who sign in.
 * @param context the process' context
 * @returns tasks by name
 */
export function createPersonMailTasks(context: Context): Readonly<Record<string, QueueTask>> {
  return {
    [signInMailTask]: async (payload) => {
      const { actorId, next } = signInSchema.parse(payload);
      await sendSignInLink(context, { actorId, next: next ?? null });
    },
    [roleMailTask]: async (payload) => {
      await sendRoleMail(context, roleSchema.parse(payload));
    },
  };
}
