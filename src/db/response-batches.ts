import { z } from 'zod';
import type { Answers } from '../domain/instrument/types';
import { answersSchema } from './answers';
import { selectRows, type Database } from './database';

const responsesPerBatch = 5000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

const responseSchema = z.object({
  id: z.string(),
  stratum: z.string(),
  answers: answersSchema,
});

/**
 * Reads the responses of a wave a batch at a time, so that memory does not grow with their number.
 * @param db the database or a transaction
 * @param waveId a closed wave
 * @returns batches of stratum code and clean answers
 */
export async function* selectResponseBatches(
  db: Database,
  waveId: string,
): AsyncGenerator<readonly { readonly stratum: string; readonly answers: Answers }[]> {
  const readAfter = (after: string) => selectBatch(db, waveId, after);
  let batch = await readAfter(beforeAll);
  for (;;) {
    const last = batch.at(-1);
    if (last === undefined) return;
    // The database reads the next batch while this one is worked on.
    const next = batch.length < responsesPerBatch ? Promise.resolve([]) : readAfter(last.id);
    next.catch(() => undefined);
    yield batch;
    batch = await next;
  }
}

function selectBatch(db: Database, waveId: string, after: string): Promise<readonly z.infer<typeof responseSchema>[]> {
  return selectRows(db, responseSchema, {
    sql: `SELECT response.id, response.stratum, response.answers
            FROM response
           WHERE response.wave_id = :waveId AND response.id > :after
           ORDER BY response.id
           LIMIT :limit`,
    bindings: { waveId, after, limit: responsesPerBatch },
  });
}
