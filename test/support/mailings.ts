import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { createDraftWave } from './fieldwork';

const pollMilliseconds = 30;
const patienceMilliseconds = 100_000;

/** Waits for something that a job does. */
export async function waitUntil(isTrue: () => Promise<boolean> | boolean, explain = () => ''): Promise<void> {
  const end = Date.now() + patienceMilliseconds;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain; ${explain()}`);
    await sleep(pollMilliseconds);
  }
}

/** Makes an open wave whose network has a contact. */
export async function createMailWave(context: Context, key: string, units = 6): Promise<void> {
  await createDraftWave(context, key, { units });
  await context.db.raw(
    `UPDATE network SET contact_name = 'Ingrid Dahl', contact_email = 'ingrid@example.org', name = 'Nettverk Viken'
      WHERE key = :key`,
    { key },
  );
  await openWave(context, operator, { waveKey: key });
}

/** Rows of the test database. */
export async function readRows<Row>(
  { db }: Pick<Context, 'db'>,
  sql: string,
  bindings: Readonly<Record<string, string>> = {},
): Promise<readonly Row[]> {
  return (await db.raw<{ rows: Row[] }>(sql, bindings)).rows;
}

/** States of a wave's mails, and how many. */
export async function countMails(context: Context, waveKey: string): Promise<Readonly<Record<string, number>>> {
  const rows = await readRows<{ state: string; count: number }>(
    context,
    `SELECT mail_item.state, count(*) AS count FROM mail_item
       JOIN mailing ON mailing.id = mail_item.mailing_id JOIN wave ON wave.id = mailing.wave_id
      WHERE wave.key = :waveKey GROUP BY mail_item.state ORDER BY mail_item.state`,
    { waveKey },
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** State and fault of the latest mailing of a wave. */
export async function readMailing(
  context: Context,
  waveKey: string,
): Promise<{ readonly state: string; readonly fault: string | null; readonly number: number } | undefined> {
  const rows = await readRows<{ state: string; fault: string | null; number: number }>(
    context,
    `SELECT mailing.state, mailing.fault, mailing.number FROM mailing JOIN wave ON wave.id = mailing.wave_id
      WHERE wave.key = :waveKey ORDER BY mailing.number DESC LIMIT 1`,
    { waveKey },
  );
  return rows[0];
}

/** Address of the link, or of the refusal, in a mail. */
export function findLink(raw: string, part: 'svar' | 'nei' | 'testpost'): string {
  const text = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const link = new RegExp(`https?://[^/\\s"<>]+(/${part}/[\\w.-]+)`).exec(text)?.[1];
  if (link === undefined) throw new RangeError(`no link to ${part}`);
  return link;
}
