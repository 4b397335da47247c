import { z } from 'zod';
import { selectRows, type Database } from './database';

/**
 * Notes what the clock shows. A clock that is more than a week ahead of the last time it was seen may be wrong: it is
 * believed after a day. One that has gone back is believed at once; processes may differ by less than an hour.
 * @param transaction a transaction
 * @param now what the clock shows
 * @returns true when the clock is believed
 */
export async function upsertClockSighting(transaction: Database, now: Date): Promise<boolean> {
  const [row] = await selectRows(transaction, z.object({ is_trusted: z.boolean() }), {
    sql: `INSERT INTO clock_sighting AS known (seen_at, trusted_from) VALUES (:now, :now)
          ON CONFLICT (is_only) DO UPDATE
             SET seen_at = excluded.seen_at,
                 trusted_from = CASE
                   WHEN excluded.seen_at > known.seen_at + interval '7 days' THEN excluded.seen_at + interval '1 day'
                   WHEN excluded.seen_at < known.seen_at - interval '1 hour' THEN excluded.seen_at
                   ELSE known.trusted_from END
          RETURNING known.trusted_from <= known.seen_at AS is_trusted`,
    bindings: { now },
  });
  return row?.is_trusted ?? false;
}
