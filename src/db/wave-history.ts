import { z } from 'zod';
import { selectRows, type Database } from './database';

/** Something that was done to a wave. */
export interface WaveEvent {
  readonly occurredAt: Date;
  readonly action: string;
  /** Name of the person; null: the command line. */
  readonly actorName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

const rowSchema = z.object({
  occurredAt: z.date(),
  action: z.string(),
  actorName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

const mostEvents = 100;

/**
 * Reads what was done to a wave.
 * @param db the database or a transaction
 * @param wave its key and network
 * @returns the newest hundred events, newest first
 */
export async function selectWaveEvents(
  db: Database,
  wave: { readonly key: string; readonly networkId: string },
): Promise<readonly WaveEvent[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT audit_event.occurred_at AS "occurredAt", audit_event.action, actor.name AS "actorName", audit_event.detail
            FROM audit_event LEFT JOIN actor ON actor.id = audit_event.actor_id
           WHERE audit_event.network_id = :networkId AND audit_event.subject = :key
           ORDER BY audit_event.id DESC LIMIT ${mostEvents}`,
    bindings: { networkId: wave.networkId, key: wave.key },
  });
}
