import { createHmac } from 'node:crypto';
import type { Context } from '../../context';
import { insertAttemptKey, upsertAttempt } from '../../db/attempts';
import { toDate } from '../../domain/fieldwork/wave-state';

/** How often something may be tried. */
export interface AttemptRule {
  readonly name: string;
  /** Attempts within one window. */
  readonly most: number;
  readonly windowMilliseconds: number;
}

const keyBytes = 32;

/**
 * Counts one attempt of a network address, together with those that other processes have seen. The address itself is
 * not stored, and what is stored leads nowhere once the day's key is gone.
 * @param context the process' context
 * @param attempt what is limited, and the network address
 * @returns whether that is more than the rule allows, and when counting begins anew
 */
export async function countAttempt(
  context: Context,
  { rule, address }: { readonly rule: AttemptRule; readonly address: string },
): Promise<{ readonly isTooMany: boolean; readonly windowEndsAt: Date }> {
  const now = context.now();
  const subject = createHmac('sha256', context.secrets.respondentCookie)
    .update(`attempt\0${rule.name}\0${address}`)
    .digest();
  const attempt = { day: toDate(now), subject, now, windowEndsAt: new Date(now.getTime() + rule.windowMilliseconds) };
  let counted = await upsertAttempt(context.db, attempt);
  if (counted === null) {
    await insertAttemptKey(context.db, { day: attempt.day, key: context.randomBytes(keyBytes) });
    counted = await upsertAttempt(context.db, attempt);
  }
  if (counted === null) throw new RangeError('the key of the day vanished');
  return { isTooMany: counted.attempts > rule.most, windowEndsAt: counted.windowEndsAt };
}
