import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ value: z.instanceof(Buffer) });

/**
 * Reads a secret of the installation, made by the first process that asks for it; processes that ask at the same time
 * get the same one.
 * @param db the database
 * @param name name of the secret
 * @param candidate at least 32 random bytes, kept when there is no secret of that name yet
 * @returns the secret
 */
export async function selectOrCreateSecret(db: Database, name: string, candidate: Buffer): Promise<Buffer> {
  await db.raw(
    'INSERT INTO installation_secret (name, value) VALUES (:name, :candidate) ON CONFLICT (name) DO NOTHING',
    {
      name,
      candidate,
    },
  );
  const sql = 'SELECT installation_secret.value FROM installation_secret WHERE installation_secret.name = :name';
  const [row] = await selectRows(db, rowSchema, { sql, bindings: { name } });
  if (row === undefined) throw new RangeError(`secret ${name} vanished`);
  return row.value;
}
