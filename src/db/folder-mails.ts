import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ messageId: z.string(), networkId: z.string() });

/**
 * Tells to which network mails belong.
 * @param db the database or a transaction
 * @param messageIds message ids
 * @returns network by message id; what was not sent by a mailing is left out
 */
export async function selectMailNetworks(
  db: Database,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await selectRows(db, rowSchema, {
    sql: `SELECT mail_item.message_id AS "messageId", wave.network_id AS "networkId"
            FROM mail_item
            JOIN mailing ON mailing.id = mail_item.mailing_id
            JOIN wave ON wave.id = mailing.wave_id
           WHERE mail_item.message_id = ANY(CAST(:messageIds AS text[]))`,
    bindings: { messageIds },
  });
  return new Map(rows.map(({ messageId, networkId }) => [messageId, networkId]));
}
