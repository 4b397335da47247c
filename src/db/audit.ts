import type { Database } from './database';

/** Something that was done. Never an answer, a token or an address. */
export interface AuditEvent {
  readonly occurredAt: Date;
  /** Null: the operator at the command line. */
  readonly actorId: string | null;
  readonly networkId: string | null;
  readonly action: string;
  /** Key of what it was done to. */
  readonly subject: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Keeps an audit event; called in the transaction of what it tells about.
 * @param transaction the caller's transaction
 * @param event what was done
 */
export async function insertAuditEvent(transaction: Database, event: AuditEvent): Promise<void> {
  await transaction.raw(
    `INSERT INTO audit_event (occurred_at, actor_id, network_id, action, subject, detail)
     VALUES (:occurredAt, :actorId, :networkId, :action, :subject, CAST(:detail AS jsonb))`,
    { ...event, detail: JSON.stringify(event.detail ?? {}) },
  );
}
