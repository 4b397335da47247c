import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { selectRows, type Database } from './database';

/** Invitations that a mailing concerns: those that have no outcome and can be reached. */
const isAudience = `invitation.disposition IS NULL AND invitation.email IS NOT NULL`;
/** Somebody whom a mail has reached, as far as the mail server knew. */
const hasGotMail = `EXISTS (SELECT FROM mail_item AS earlier
  WHERE earlier.invitation_id = invitation.id AND earlier.state IN ('sent', 'bounced'))`;
const isClosing = `EXISTS (SELECT FROM wave_job
  WHERE wave_job.wave_id = wave.id AND wave_job.step = 'close' AND wave_job.state <> 'failed')`;

/** Invitations of a wave by whether a mail would go to them now. */
export interface Audience {
  readonly ready: number;
  /** Of those: never had a mail, and get the invitation. */
  readonly first: number;
  readonly answered: number;
  readonly declined: number;
  readonly undeliverable: number;
  /** Other outcomes, such as not belonging to those asked. */
  readonly other: number;
  /** No outcome and no address. */
  readonly withoutAddress: number;
}

const audienceSchema = z.object({
  ready: z.number(),
  first: z.number(),
  answered: z.number(),
  declined: z.number(),
  undeliverable: z.number(),
  other: z.number(),
  withoutAddress: z.number(),
});

/**
 * Counts who would get a mail now.
 * @param db the database or a transaction
 * @param waveId the wave
 */
export async function selectAudience(db: Database, waveId: string): Promise<Audience> {
  const [row] = await selectRows(db, audienceSchema, {
    sql: `SELECT count(*) FILTER (WHERE ${isAudience}) AS ready,
                 count(*) FILTER (WHERE ${isAudience} AND NOT ${hasGotMail}) AS first,
                 count(*) FILTER (WHERE invitation.disposition = 'answered') AS answered,
                 count(*) FILTER (WHERE invitation.disposition = 'R') AS declined,
                 count(*) FILTER (WHERE invitation.disposition = 'UE') AS undeliverable,
                 count(*) FILTER (WHERE invitation.disposition NOT IN ('answered', 'R', 'UE')) AS other,
                 count(*) FILTER (WHERE invitation.disposition IS NULL AND invitation.email IS NULL) AS "withoutAddress"
            FROM invitation WHERE invitation.wave_id = :waveId`,
    bindings: { waveId },
  });
  if (row === undefined) throw new RangeError('counting gave no row');
  return row;
}

/**
 * Puts mails into a mailing, with the identifiers that they keep however often they are sent. Mails of it that were
 * given up are taken up again.
 * @param transaction a transaction
 * @param mails the mailing, its wave, the host name of the identifiers, and whether only those get one who have had none
 * @returns number of mails added
 */
export async function insertMailItems(
  transaction: Database,
  mails: {
    readonly mailingId: string;
    readonly waveId: string;
    readonly host: string;
    readonly isForMissingOnly: boolean;
  },
): Promise<number> {
  const added = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO mail_item (mailing_id, invitation_id, message_id, state)
          SELECT CAST(:mailingId AS uuid), invitation.id, gen_random_uuid() || '@' || CAST(:host AS text), 'waiting'
            FROM invitation
           WHERE invitation.wave_id = :waveId AND ${isAudience}
             AND (NOT CAST(:isForMissingOnly AS boolean) OR NOT ${hasGotMail})
          ON CONFLICT (mailing_id, invitation_id) DO UPDATE SET state = 'waiting', attempts = 0, try_after = NULL
           WHERE mail_item.state IN ('refused', 'skipped')
          RETURNING mail_item.id`,
    bindings: mails,
  });
  return added.length;
}

/**
 * Lists mails that may be sent now, in no order that means anything.
 * @param db the database or a transaction
 * @param search the mailing, the present moment and how many at most
 * @returns ids
 */
export async function selectDueMailItems(
  db: Database,
  search: { readonly mailingId: string; readonly now: Date; readonly most: number },
): Promise<readonly string[]> {
  const rows = await selectRows(db, z.object({ id: z.string() }), {
    sql: `SELECT mail_item.id FROM mail_item
           WHERE mail_item.mailing_id = :mailingId
             AND (mail_item.state = 'waiting' OR (mail_item.state = 'deferred' AND mail_item.try_after <= :now))
           ORDER BY mail_item.id LIMIT :most`,
    bindings: search,
  });
  return rows.map(({ id }) => id);
}

/**
 * Tells what a mailing still has to send.
 * @param db the database or a transaction
 * @param mailingId the mailing
 * @returns null when nothing; else the moment to go on at, null: at once
 */
export async function selectRemainingMail(
  db: Database,
  mailingId: string,
): Promise<{ readonly tryAfter: Date | null } | null> {
  const schema = z.object({ waiting: z.number(), deferred: z.number(), tryAfter: z.date().nullable() });
  const [row] = await selectRows(db, schema, {
    sql: `SELECT count(*) FILTER (WHERE mail_item.state = 'waiting') AS waiting,
                 count(*) FILTER (WHERE mail_item.state = 'deferred') AS deferred,
                 min(mail_item.try_after) AS "tryAfter"
            FROM mail_item WHERE mail_item.mailing_id = :mailingId AND mail_item.state IN ('waiting', 'deferred')`,
    bindings: { mailingId },
  });
  if (row === undefined || row.waiting + row.deferred === 0) return null;
  return { tryAfter: row.waiting > 0 ? null : row.tryAfter };
}

/** One person to write to. */
export interface Addressee {
  readonly invitationId: string;
  readonly language: Language;
  readonly name: string | null;
  readonly email: string;
  readonly unitName: string | null;
  readonly organisationName: string;
}

/** What is to be done with a mail right now. */
export type ClaimedMail =
  /** The mailing is not to send any more. */
  | { readonly verdict: 'stop' }
  /** The mail is not called for any more, or is done. */
  | { readonly verdict: 'skip' }
  | {
      readonly verdict: 'send';
      readonly addressee: Addressee;
      readonly messageId: string;
      /** How often it has been tried. */
      readonly attempts: number;
      /** Nothing has been sent to them before. */
      readonly isFirst: boolean;
    };

const claimSchema = z
  .object({
    verdict: z.enum(['stop', 'skip', 'send']),
    invitationId: z.string(),
    language: z.enum(languages),
    name: z.string().nullable(),
    email: z.string().nullable(),
    unitName: z.string().nullable(),
    organisationName: z.string(),
    messageId: z.string(),
    attempts: z.number(),
    isFirst: z.boolean(),
  })
  .transform(({ verdict, messageId, attempts, isFirst, email, ...person }): ClaimedMail => {
    if (verdict !== 'send' || email === null) return { verdict: verdict === 'stop' ? 'stop' : 'skip' };
    return { verdict: 'send', addressee: { ...person, email }, messageId, attempts, isFirst };
  });

/**
 * Decides about a mail at the last moment before it is sent, and keeps the hash of the link that it will carry: nobody
 * gets a mail whose link is not known here. Holds no lock.
 * @param db the database
 * @param claim the mail, SHA-256 of its link's token, and the day
 */
export async function claimMailItem(
  db: Database,
  claim: { readonly itemId: string; readonly tokenHash: Buffer; readonly date: string },
): Promise<ClaimedMail> {
  const [row] = await selectRows(db, claimSchema, {
    sql: `WITH due AS (
            SELECT CASE WHEN mailing.state <> 'sending' OR wave.state <> 'open' OR ${isClosing} THEN 'stop'
                        WHEN NOT (${isAudience}) THEN 'skip' ELSE 'send' END AS verdict,
                   invitation.id AS "invitationId", invitation.language, invitation.name, invitation.email,
                   unit.name AS "unitName", organisation.name AS "organisationName",
                   mail_item.message_id AS "messageId", mail_item.attempts, NOT ${hasGotMail} AS "isFirst"
              FROM mail_item
              JOIN mailing ON mailing.id = mail_item.mailing_id
              JOIN invitation ON invitation.id = mail_item.invitation_id
              JOIN wave ON wave.id = invitation.wave_id
              JOIN unit ON unit.id = invitation.unit_id
              JOIN organisation ON organisation.id = unit.organisation_id
             WHERE mail_item.id = :itemId AND mail_item.state IN ('waiting', 'deferred')),
          kept AS (
            INSERT INTO invitation_token (token_hash, invitation_id, created_on)
            SELECT CAST(:tokenHash AS bytea), due."invitationId", CAST(:date AS date) FROM due WHERE due.verdict = 'send')
          SELECT due.verdict, due."invitationId", due.language, due.name, due.email, due."unitName",
                 due."organisationName", due."messageId", due.attempts, due."isFirst" FROM due`,
    bindings: claim,
  });
  return row ?? { verdict: 'skip' };
}

/**
 * Does work while no other process sends mails of the same mailing.
 * @param db the database
 * @param mailingId the mailing
 * @param work given a function that fails when the hold was lost
 * @returns what the work gives, or null when another process is at it
 */
export async function holdMailing<Result>(
  db: Database,
  mailingId: string,
  work: (requireHold: () => Promise<void>) => Promise<Result>,
): Promise<Result | null> {
  return db.transaction(async (holder) => {
    const [row] = await selectRows(holder, z.object({ isHeld: z.boolean() }), {
      sql: `SELECT pg_try_advisory_xact_lock(hashtextextended('sending ' || :mailingId, 0)) AS "isHeld"`,
      bindings: { mailingId },
    });
    if (row?.isHeld !== true) return null;
    // One connection answers one question at a time.
    let answered: Promise<unknown> = Promise.resolve();
    return work(async () => {
      answered = answered.then(() => holder.raw('SELECT'));
      await answered;
    });
  });
}
