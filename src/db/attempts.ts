import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z
  .object({ attempts: z.number(), window_ends_at: z.date() })
  .transform((row) => ({ attempts: row.attempts, windowEndsAt: row.window_ends_at }));

/**
 * Counts one attempt under a hash made with the key of the day. A window that is over, or that a clock put right has
 * moved beyond reach, begins anew; requests and processes may differ by a minute.
 * @param db the database
 * @param attempt day of the key, YYYY-MM-DD; 32 bytes that stand for what is limited and who tries; the present moment
 *   and the end of a window that begins now
 * @returns attempts in the window and its end; null while the day has no key
 */
export async function upsertAttempt(
  db: Database,
  attempt: { readonly day: string; readonly subject: Buffer; readonly now: Date; readonly windowEndsAt: Date },
): Promise<{ readonly attempts: number; readonly windowEndsAt: Date } | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `INSERT INTO attempt AS known (subject, attempts, window_ends_at)
          SELECT sha256(attempt_key.value || CAST(:subject AS bytea)), 1, CAST(:windowEndsAt AS timestamptz)
            FROM attempt_key WHERE attempt_key.day = :day
          ON CONFLICT (subject) DO UPDATE
             SET attempts = CASE WHEN known.window_ends_at BETWEEN :now AND excluded.window_ends_at + interval '1 minute'
                                 THEN known.attempts + 1 ELSE 1 END,
                 window_ends_at = CASE WHEN known.window_ends_at BETWEEN :now AND excluded.window_ends_at + interval '1 minute'
                                       THEN known.window_ends_at ELSE excluded.window_ends_at END
          RETURNING known.attempts, known.window_ends_at`,
    bindings: { ...attempt },
  });
  return row ?? null;
}

/**
 * Keeps the key of a day; of several processes the first one's is kept.
 * @param db the database
 * @param made day, YYYY-MM-DD, and 32 random bytes
 */
export async function insertAttemptKey(
  db: Database,
  made: { readonly day: string; readonly key: Buffer },
): Promise<void> {
  await db.raw('INSERT INTO attempt_key (day, value) VALUES (:day, :key) ON CONFLICT (day) DO NOTHING', { ...made });
}

/**
 * Deletes keys of other days and counts whose window is over.
 * @param db the database
 * @param present today, YYYY-MM-DD, and the present moment
 */
export async function deleteOldAttempts(
  db: Database,
  present: { readonly day: string; readonly now: Date },
): Promise<void> {
  await db.raw('DELETE FROM attempt_key WHERE attempt_key.day <> :day', { day: present.day });
  await db.raw('DELETE FROM attempt WHERE attempt.window_ends_at < :now', { now: present.now });
}
