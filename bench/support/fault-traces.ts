import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '../../src/db/database';
import type { Context } from '../../src/context';
import type { JourneyOutcome } from './load-jobs';

const pollMilliseconds = 20;

/** What the database holds of one respondent. */
export interface Stored {
  readonly isAnswered: boolean;
  readonly answers: Readonly<Record<string, unknown>> | null;
}

/** Process id of the Postgres in a data folder. */
export function readPostmasterPid(dataDirectory: string): number {
  const file = join(dataDirectory, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}

/** Stops a Postgres that nobody looks after any more. */
export async function stopPostgresIn(dataDirectory: string): Promise<void> {
  try {
    const pid = readPostmasterPid(dataDirectory);
    process.kill(pid, 'SIGINT');
    for (;;) {
      process.kill(pid, 0);
      await sleep(pollMilliseconds);
    }
  } catch {
    // Gone.
  }
}

/** Every start of a demo makes new links beside those that were printed before. */
const growingTables = ['sign_in_link', 'invitation_token'];

/** Number of rows of every table, one a line; what grows with every start is left out. */
export async function countRows(databaseUrl: string): Promise<string> {
  const db = createDatabase(databaseUrl);
  try {
    const tables = await db.raw<{ rows: { name: string }[] }>(
      `SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'response\\_%'
        ORDER BY table_name`,
    );
    const lines: string[] = [];
    for (const { name } of tables.rows.filter((table) => !growingTables.includes(table.name))) {
      const { rows } = await db.raw<{ rows: { count: number }[] }>(`SELECT count(*) AS count FROM "${name}"`);
      lines.push(`${name} ${rows[0]?.count ?? 0}`);
    }
    return lines.join('\n');
  } finally {
    await db.destroy();
  }
}

/**
 * Reads what is stored of respondents.
 * @param context context of this process
 * @param idByLink id of the invitation by path of its link
 */
export async function readStored(
  { db }: Context,
  idByLink: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await db.raw<{ rows: { id: string; answered: boolean; answers: Record<string, unknown> | null }[] }>(
    `SELECT invitation.id, invitation.disposition IS NOT DISTINCT FROM 'answered' AS answered, draft.answers
       FROM invitation LEFT JOIN draft ON draft.invitation_id = invitation.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    [...idByLink].map(([link, id]) => {
      const row = byId.get(id);
      return [link, { isAnswered: row?.answered ?? false, answers: row?.answers ?? null }];
    }),
  );
}

/** Answered invitations without exactly one response each, or with a draft left. */
export async function countHalfStates({ db }: Context): Promise<number> {
  const { rows } = await db.raw<{ rows: { responses: number; answered: number; drafts: number }[] }>(
    `SELECT (SELECT count(*) FROM response) AS responses,
            (SELECT count(*) FROM invitation WHERE disposition = 'answered') AS answered,
            (SELECT count(*) FROM draft JOIN invitation ON invitation.id = draft.invitation_id
              WHERE invitation.disposition IS NOT NULL) AS drafts`,
  );
  const [counts] = rows;
  return counts === undefined ? 1 : Math.abs(counts.responses - counts.answered) + counts.drafts;
}

/** Something that was acknowledged is gone. */
export function isLost(journey: JourneyOutcome, stored: Stored | undefined): boolean {
  if (stored?.isAnswered) return !journey.hasTriedSending;
  if (journey.isSent) return true;
  return Object.entries(journey.saved).some(
    ([name, answer]) => JSON.stringify(stored?.answers?.[name]) !== JSON.stringify(answer),
  );
}

/** Journeys that were cut off by an answer which tells to come again, or by a lost connection, were told clearly. */
export function isUnclear({ failure }: JourneyOutcome): boolean {
  const status = /: (\d+) instead of/.exec(failure ?? '')?.[1];
  return status !== undefined && status !== '503';
}

/** Faults that the server could not name, each once. */
export function listCauses(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  const causes = lines.flatMap((line) => {
    if (!line.includes('"code":"unexpected"')) return [];
    const { err } = JSON.parse(line) as { err?: { message?: string; code?: string } };
    return [`${(err?.message ?? '').replace(/^.* - /s, '').slice(0, 100)} (${err?.code ?? 'no code'})`];
  });
  return [...new Set(causes)].join('; ') || 'none';
}
