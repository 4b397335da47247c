import { z } from 'zod';
import { selectRows, type Database } from './database';

/**
 * Reads where somebody who signs in gets mail; whoever a provider vouches for may have no address here.
 * @param db the database or a transaction
 * @param actorId the person
 */
export async function selectOptionalActorAddress(
  db: Database,
  actorId: string,
): Promise<{ readonly name: string; readonly email: string | null } | null> {
  const [row] = await selectRows(db, z.object({ name: z.string(), email: z.string().nullable() }), {
    sql: 'SELECT actor.name, actor.email FROM actor WHERE actor.id = :actorId',
    bindings: { actorId },
  });
  return row ?? null;
}

/**
 * Reads when a test mail of a wave was last received.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns YYYY-MM-DD, or null when none was
 */
export async function selectTestMailReceivedOn(db: Database, waveId: string): Promise<string | null> {
  const [row] = await selectRows(db, z.object({ day: z.string().nullable() }), {
    sql: 'SELECT wave.test_mail_received_on AS day FROM wave WHERE wave.id = :waveId',
    bindings: { waveId },
  });
  return row?.day ?? null;
}

/**
 * Notes that a test mail of a wave was received.
 * @param transaction a transaction
 * @param received the wave and the day, YYYY-MM-DD
 * @returns key and network of the wave, or null when it is gone
 */
export async function updateTestMailReceived(
  transaction: Database,
  received: { readonly waveId: string; readonly date: string },
): Promise<{ readonly key: string; readonly networkId: string } | null> {
  const [row] = await selectRows(transaction, z.object({ key: z.string(), networkId: z.string() }), {
    sql: `UPDATE wave SET test_mail_received_on = CAST(:date AS date) WHERE wave.id = :waveId
          RETURNING wave.key, wave.network_id AS "networkId"`,
    bindings: received,
  });
  return row ?? null;
}
