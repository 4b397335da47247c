import { z } from 'zod';
import {
  mailingFaults,
  mailingStates,
  type MailingFault,
  type MailingState,
  type MailItemState,
} from '../domain/mail/mailings';
import { selectRows, type Database } from './database';

/** Mails of a mailing by what has become of them. */
export type MailCounts = Readonly<Record<MailItemState, number>>;

/** One mailing of a wave. */
export interface Mailing {
  readonly id: string;
  readonly waveId: string;
  readonly waveKey: string;
  /** 0: the invitation; from 1: reminders. */
  readonly number: number;
  readonly state: MailingState;
  /** YYYY-MM-DD; null: it began when it was asked for. */
  readonly plannedOn: string | null;
  readonly startedAt: Date | null;
  readonly fault: MailingFault | null;
  /** When it goes on by itself; null: somebody has to say so. */
  readonly resumeAt: Date | null;
  /** How often it has gone on by itself since a mail was last taken. */
  readonly resumeCount: number;
  readonly refusedInARow: number;
  readonly counts: MailCounts;
}

const count = z.number().default(0);
const countsSchema = z.object({
  waiting: count,
  sent: count,
  deferred: count,
  refused: count,
  bounced: count,
  skipped: count,
});

const rowSchema = z
  .object({
    id: z.string(),
    wave_id: z.string(),
    wave_key: z.string(),
    number: z.number(),
    state: z.enum(mailingStates),
    planned_on: z.string().nullable(),
    started_at: z.date().nullable(),
    fault: z.enum(mailingFaults).nullable(),
    resume_at: z.date().nullable(),
    resume_count: z.number(),
    refused_in_a_row: z.number(),
    counts: countsSchema,
  })
  .transform((row): Mailing => ({
    id: row.id,
    waveId: row.wave_id,
    waveKey: row.wave_key,
    number: row.number,
    state: row.state,
    plannedOn: row.planned_on,
    startedAt: row.started_at,
    fault: row.fault,
    resumeAt: row.resume_at,
    resumeCount: row.resume_count,
    refusedInARow: row.refused_in_a_row,
    counts: row.counts,
  }));

/** Counts of the mails that are there; when the addresses have been deleted, those that were kept. */
const counts = `coalesce(mailing.kept_counts,
  (SELECT jsonb_object_agg(tally.state, tally.mails)
     FROM (SELECT mail_item.state, count(*) AS mails FROM mail_item WHERE mail_item.mailing_id = mailing.id
            GROUP BY mail_item.state) AS tally), '{}')`;

const columns = `mailing.id, mailing.wave_id, wave.key AS wave_key, mailing.number, mailing.state, mailing.planned_on,
  mailing.started_at, mailing.fault, mailing.resume_at, mailing.resume_count, mailing.refused_in_a_row,
  ${counts} AS counts`;

/**
 * Keeps others from changing the mailings of a wave until the transaction ends. The wave itself is not locked, since
 * respondents would have to wait.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function lockMailings(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw(`SELECT pg_advisory_xact_lock(hashtextextended('mailings ' || :waveId, 0))`, { waveId });
}

/**
 * Lists the mailings of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns mailings by number
 */
export async function selectMailings(db: Database, waveId: string): Promise<readonly Mailing[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM mailing JOIN wave ON wave.id = mailing.wave_id
           WHERE mailing.wave_id = :waveId ORDER BY mailing.number`,
    bindings: { waveId },
  });
}

/**
 * Finds a mailing.
 * @param db the database or a transaction
 * @param mailingId its id
 */
export async function selectOptionalMailing(db: Database, mailingId: string): Promise<Mailing | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM mailing JOIN wave ON wave.id = mailing.wave_id WHERE mailing.id = :mailingId`,
    bindings: { mailingId },
  });
  return row ?? null;
}

/**
 * Lists mailings that are to go on by themselves but that no job stands for. One that is planned without a day waits for
 * somebody to decide.
 * @param db the database or a transaction
 * @returns id, and the day of those that have not begun
 */
export async function selectMailingsWithoutJob(
  db: Database,
): Promise<readonly { readonly id: string; readonly plannedOn: string | null }[]> {
  const schema = z.object({ id: z.string(), plannedOn: z.string().nullable() });
  return selectRows(db, schema, {
    sql: `SELECT mailing.id, CASE WHEN mailing.state = 'planned' THEN mailing.planned_on END AS "plannedOn"
            FROM mailing
           WHERE (mailing.state = 'sending' OR mailing.resume_at IS NOT NULL
                  OR (mailing.state = 'planned' AND mailing.planned_on IS NOT NULL))
             AND NOT EXISTS (SELECT FROM graphile_worker.jobs
                              WHERE jobs.key = 'mailing ' || mailing.id AND jobs.attempts < jobs.max_attempts)`,
  });
}

/**
 * Adds a mailing.
 * @param transaction a transaction
 * @param mailing wave, number, who asked for it, and its day when it is planned
 * @returns its id
 */
export async function insertMailing(
  transaction: Database,
  mailing: {
    readonly waveId: string;
    readonly number: number;
    readonly actorId: string | null;
    readonly plannedOn: string | null;
  },
): Promise<string> {
  const [row] = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO mailing (wave_id, number, planned_on, state, actor_id)
          VALUES (:waveId, :number, :plannedOn, 'planned', :actorId) RETURNING mailing.id`,
    bindings: mailing,
  });
  if (row === undefined) throw new RangeError('no mailing was returned');
  return row.id;
}

/**
 * Lets a mailing send, from the beginning or again.
 * @param transaction a transaction
 * @param mailing its id and the present moment
 */
export async function updateMailingSending(
  transaction: Database,
  mailing: { readonly mailingId: string; readonly now: Date },
): Promise<void> {
  await transaction.raw(
    `UPDATE mailing SET state = 'sending', started_at = coalesce(mailing.started_at, :now), fault = NULL, resume_at = NULL
      WHERE mailing.id = :mailingId`,
    mailing,
  );
}

/**
 * Ends a mailing for now or for good, if it is under way.
 * @param transaction a transaction
 * @param mailing its id and what it is to be
 */
export async function updateMailingStopped(
  transaction: Database,
  mailing: {
    readonly mailingId: string;
    readonly state: 'paused' | 'done' | 'cancelled';
    readonly fault?: MailingFault;
    readonly resumeAt?: Date | null;
  },
): Promise<void> {
  const { mailingId, state, fault = null, resumeAt = null } = mailing;
  await transaction.raw(
    `UPDATE mailing SET state = :state, fault = :fault, resume_at = :resumeAt
      WHERE mailing.id = :mailingId AND mailing.state IN ('planned', 'sending', 'paused')`,
    { mailingId, state, fault, resumeAt },
  );
}

/**
 * Keeps what a mailing has met in a row, for the next time it goes on.
 * @param db the database or a transaction
 * @param mailing its id, resumptions without success, and refusals without success
 */
export async function updateMailingCounters(
  db: Database,
  mailing: { readonly mailingId: string; readonly resumeCount: number; readonly refusedInARow: number },
): Promise<void> {
  await db.raw(
    `UPDATE mailing SET resume_count = :resumeCount, refused_in_a_row = :refusedInARow WHERE mailing.id = :mailingId`,
    mailing,
  );
}

/**
 * Removes a mailing that has not begun; those planned after it move up.
 * @param transaction a transaction
 * @param mailing its id, wave and number
 */
export async function deletePlannedMailing(
  transaction: Database,
  { id, waveId, number }: Pick<Mailing, 'id' | 'waveId' | 'number'>,
): Promise<void> {
  await transaction.raw(`DELETE FROM mailing WHERE mailing.id = :id AND mailing.state = 'planned'`, { id });
  const later = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `SELECT mailing.id FROM mailing WHERE mailing.wave_id = :waveId AND mailing.number > :number
           ORDER BY mailing.number`,
    bindings: { waveId, number },
  });
  for (const mailing of later) {
    await transaction.raw('UPDATE mailing SET number = mailing.number - 1 WHERE mailing.id = :id', { id: mailing.id });
  }
}

/**
 * Stops every mailing of a wave that is closed. Called before anything else is done to its invitations, as mails are
 * locked before invitations.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function cancelMailings(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw(
    `UPDATE mailing SET state = 'cancelled', fault = NULL, resume_at = NULL
      WHERE mailing.wave_id = :waveId AND mailing.state IN ('planned', 'sending', 'paused')`,
    { waveId },
  );
  await transaction.raw(
    `UPDATE mail_item SET state = 'skipped', try_after = NULL FROM mailing
      WHERE mailing.id = mail_item.mailing_id AND mailing.wave_id = :waveId
        AND mail_item.state IN ('waiting', 'deferred')`,
    { waveId },
  );
}

/**
 * Keeps the counts of mailings whose addresses are about to be deleted.
 * @param transaction a transaction
 * @param today YYYY-MM-DD
 */
export async function keepMailCounts(transaction: Database, today: string): Promise<void> {
  await transaction.raw(
    `UPDATE mailing SET kept_counts = ${counts} FROM wave
      WHERE wave.id = mailing.wave_id AND wave.delete_addresses_on <= CAST(:today AS date)
        AND mailing.kept_counts IS NULL`,
    { today },
  );
}

/**
 * Tells whether anybody has been invited to a wave: by a mailing that was not called off, or with a link of another kind.
 * @param db the database or a transaction
 * @param waveId the wave
 */
export async function selectHasInvited(db: Database, waveId: string): Promise<boolean> {
  const [row] = await selectRows(db, z.object({ hasInvited: z.boolean() }), {
    sql: `SELECT EXISTS (SELECT FROM mailing WHERE mailing.wave_id = :waveId AND mailing.state <> 'cancelled')
              OR EXISTS (SELECT FROM invitation
                           JOIN invitation_token ON invitation_token.invitation_id = invitation.id
                          WHERE invitation.wave_id = :waveId) AS "hasInvited"`,
    bindings: { waveId },
  });
  return row?.hasInvited ?? false;
}
