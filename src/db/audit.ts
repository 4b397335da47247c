import { z } from 'zod';
import type { AuditAction } from '../domain/audit-actions';
import { selectRows, type Database } from './database';

/** Something that was done. Never an answer, a token or an address. */
export interface AuditEvent {
  readonly occurredAt: Date;
  /** Null: the operator at the command line. */
  readonly actorId: string | null;
  readonly networkId: string | null;
  readonly action: AuditAction;
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

/** Which events are wanted; what is left out is not asked for. */
export interface AuditFilter {
  /** Key of a network. */
  readonly network: string | null;
  readonly action: string | null;
  /** First and last day in Norway, YYYY-MM-DD. */
  readonly from: string | null;
  readonly until: string | null;
}

/** An event as administrators read it. */
export interface ShownEvent {
  readonly occurredAt: Date;
  /** Who did it; null: the operator at the command line, or the installation itself. */
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly networkKey: string | null;
  readonly networkName: string | null;
  readonly action: string;
  readonly subject: string;
  /** Name of the person that it was done to, when it was one. */
  readonly subjectName: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Some are called by their address; an event holds none. */
const hideAddress = (name: string): string => name.replaceAll(/@\S+/g, '');

const eventSchema = z
  .object({
    occurred_at: z.date(),
    actor_id: z.string().nullable(),
    actor_name: z.string().nullable(),
    network_key: z.string().nullable(),
    network_name: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    subject_name: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .transform((row): ShownEvent => ({
    occurredAt: row.occurred_at,
    actor: row.actor_id === null ? null : { id: row.actor_id, name: hideAddress(row.actor_name ?? '') },
    networkKey: row.network_key,
    networkName: row.network_name,
    action: row.action,
    subject: row.subject,
    subjectName: row.subject_name === null ? null : hideAddress(row.subject_name),
    detail: row.detail,
  }));

/**
 * Lists events.
 * @param db the database or a transaction
 * @param filter which events
 * @param part how many, and how many are passed over
 * @returns events, the newest first
 */
export async function selectAuditEvents(
  db: Database,
  filter: AuditFilter,
  part: { readonly limit: number; readonly offset: number },
): Promise<readonly ShownEvent[]> {
  return selectRows(db, eventSchema, {
    sql: `SELECT audit_event.occurred_at, audit_event.actor_id, actor.name AS actor_name, network.key AS network_key,
                 network.name AS network_name, audit_event.action, audit_event.subject, audit_event.detail,
                 (SELECT person.name FROM actor AS person WHERE CAST(person.id AS text) = audit_event.subject)
                   AS subject_name
            FROM audit_event
            LEFT JOIN actor ON actor.id = audit_event.actor_id
            LEFT JOIN network ON network.id = audit_event.network_id
           WHERE (CAST(:network AS text) IS NULL OR network.key = :network)
             AND (CAST(:action AS text) IS NULL OR audit_event.action = :action)
             AND (CAST(:from AS date) IS NULL
                  OR audit_event.occurred_at >= CAST(:from AS timestamp) AT TIME ZONE 'Europe/Oslo')
             AND (CAST(:until AS date) IS NULL
                  OR audit_event.occurred_at < (CAST(:until AS timestamp) + interval '1 day') AT TIME ZONE 'Europe/Oslo')
           ORDER BY audit_event.occurred_at DESC, audit_event.id DESC
           LIMIT :limit OFFSET :offset`,
    bindings: { ...filter, ...part },
  });
}

/**
 * Lists the kinds of events that there are.
 * @param db the database or a transaction
 * @returns actions by name
 */
export async function selectAuditActions(db: Database): Promise<readonly string[]> {
  const rows = await selectRows(db, z.object({ action: z.string() }), {
    sql: 'SELECT DISTINCT audit_event.action FROM audit_event ORDER BY audit_event.action',
  });
  return rows.map(({ action }) => action);
}
