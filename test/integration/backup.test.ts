import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Express } from 'express';
import { createApp } from '../../src/app';
import type { Context } from '../../src/context';
import { withSnapshot } from '../../src/db/backup-lock';
import { tablesLeftOut } from '../../src/db/backup-tables';
import { createDatabase, type Database } from '../../src/db/database';
import { insertResponses } from '../../src/db/responses';
import { anonymous, operator } from '../../src/domain/permissions';
import { migrateDatabase, runMigrationsWithin } from '../../src/platform/migrate';
import { writeBackup } from '../../src/usecases/administrator/write-backup';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { findProvider, openProvider } from '../../src/usecases/provider-access';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import {
  backUp,
  dropEmptyDatabases,
  openEmptyDatabase,
  readAllTables,
  readSections,
  restoreInto,
} from '../support/backups';
import { runAsAdministrator, withDatabase } from '../support/database';
import { fillEveryTable, providerSecret } from '../support/every-table';
import { catchFault, createTestContext } from '../support/fieldwork';
import { createRespondentWave, type RespondentWave } from '../support/respondents';
import { createResultsNetwork, signInAs } from '../support/results-network';

const database = withDatabase();
let context: Context;
let app: Express;
let openWave: RespondentWave;
let mailedWaveId: string;
let file: Buffer;
let before: ReadonlyMap<string, string>;
let restored: { db: Database; url: string };
let restoredContext: Context;
let countsAtFirst: unknown;

const odd = 'Æøå \\. \t "quoted" \\N 😀\n\\.\nlast';

beforeAll(async () => {
  context = await createTestContext(database.db());
  app = createApp(context);
  await createResultsNetwork(context, 'nett');
  openWave = await createRespondentWave(context);
  await insertResponses(context.db, openWave.waveId, [
    { stratum: 'asker:education-M', answers: { wish: odd } },
    { stratum: 'asker:education-M', answers: { wish: '' } },
  ]);
  await signInAs({ app, context }, { role: 'coordinator', networkKey: 'nett' });
  mailedWaveId = await fillEveryTable(context, openWave.waveId);
  file = await backUp(context.db);
  before = await readAllTables(context.db, tablesLeftOut);
  restored = await openEmptyDatabase();
  await restoreInto(restored, file);
  const counts = await restored.db.raw<{ rows: unknown[] }>(
    `SELECT (SELECT count(*) FROM session) AS sessions, (SELECT count(*) FROM sign_in_link) AS links,
            (SELECT count(*) FROM frame_import) + (SELECT count(*) FROM register_import) AS uploads,
            (SELECT count(*) FROM used_sign_in_state) + (SELECT count(*) FROM attempt) + (SELECT count(*) FROM attempt_key)
              + (SELECT count(*) FROM clock_sighting) AS others,
            (SELECT count(*) FROM graphile_worker.jobs) AS jobs`,
  );
  countsAtFirst = counts.rows;
  restoredContext = await createTestContext(restored.db);
});
afterAll(dropEmptyDatabases);

describe('a restored installation', () => {
  test('has every row of every table, byte for byte', async () => {
    const after = await readAllTables(restored.db, tablesLeftOut);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = new Set(['audit_event', 'mailing', 'wave_job']);
    for (const [table, rows] of before)
      if (!changed.has(table)) expect([table, after.get(table)]).toEqual([table, rows]);
    const events = after.get('audit_event')?.split('\n') ?? [];
    expect(events.filter((event) => !event.includes('restored backup'))).toEqual(
      before.get('audit_event')?.split('\n'),
    );
    expect([...before].filter(([, rows]) => rows === '')).toEqual([]);
  });

  test('gives the same pages and files of its releases', async () => {
    const restoredApp = createApp(restoredContext);
    const person = { role: 'researcher', networkKey: 'nett' } as const;
    const first = await signInAs({ app, context }, person);
    const second = await signInAs({ app: restoredApp, context: restoredContext }, person);
    const paths = ['sammenligning?organisasjon=asker', 'sammenligning', 'sammenligning.csv', 'estimater.csv', ''];
    const answers = [];
    for (const path of paths) {
      const [one, other] = [await first.get(`/runder/nett/${path}`), await second.get(`/runder/nett/${path}`)];
      const strip = (text: string) => text.replace(/name="_csrf" value="[^"]*"/g, '');
      expect([path, other.status, strip(other.text)]).toEqual([path, one.status, strip(one.text)]);
      answers.push(one.status);
    }
    expect(answers.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    const request = { waveKey: 'nett', precision: 'full' } as const;
    expect(await readEstimates(restoredContext, operator, request)).toEqual(
      await readEstimates(context, operator, request),
    );
  });

  test('is guarded as before, and goes on counting where it stopped', async () => {
    const { db } = restored;
    await expect(db.raw('UPDATE release SET number = 7')).rejects.toThrow('a release never changes');
    await expect(db.raw('DELETE FROM release_estimate')).rejects.toThrow('a release never changes');
    const { rows } = await db.raw<{ rows: { is_next: boolean }[] }>(
      `INSERT INTO audit_event (occurred_at, action, subject) VALUES (now(), 'x', 'y')
       RETURNING id = (SELECT max(id) + 1 FROM audit_event) AS is_next`,
    );
    expect(rows).toEqual([{ is_next: true }]);
  });

  test('has nobody signed in, no request under way and no mailing that goes on by itself', async () => {
    expect(countsAtFirst).toEqual([{ sessions: 0, links: 0, uploads: 0, others: 0, jobs: 0 }]);
    const columns = ['state', 'planned_on', 'fault', 'resume_at'] as const;
    const none = { fault: null, resume_at: null };
    const stopped = { state: 'paused', fault: 'restored', resume_at: null };
    expect(
      await restored
        .db('mailing')
        .where('wave_id', mailedWaveId)
        .orderBy('number')
        .select(...columns),
    ).toEqual([
      { ...none, state: 'done', planned_on: '2026-11-01' },
      { ...stopped, planned_on: '2026-11-10' },
      { ...none, state: 'planned', planned_on: null },
    ]);
    expect(
      await restored
        .db('mailing')
        .where('wave_id', openWave.waveId)
        .select(...columns),
    ).toEqual([{ ...stopped, planned_on: null }]);
    expect(await restored.db('wave_job').distinct('state', 'error_code', 'done', 'total')).toEqual([
      { state: 'failed', error_code: 'wave_step_restored', done: 0, total: 0 },
    ]);
  });

  test('keeps its secrets of providers, and what was promised stays promised', async () => {
    const { secret } = openProvider(restoredContext, await findProvider(restored.db, 'entra'));
    expect(secret).toBe(providerSecret);
    for (const sql of [
      'UPDATE wave_privacy SET processor = NULL',
      'DELETE FROM wave_left_out',
      "UPDATE unit SET size = 'L'",
      'UPDATE stratum SET frame_count = frame_count + 1',
      "UPDATE wave SET delete_addresses_on = delete_addresses_on + 1 WHERE state = 'open'",
      'UPDATE release_request SET embargo_until = NULL',
    ])
      await expect(restored.db.raw(sql)).rejects.toThrow(/fixed|promise|approved/);
  });

  test('can be sealed: its ballot box is a partition like any other', async () => {
    const { rows } = await restored.db.raw<{ rows: { key: string }[] }>('SELECT key FROM wave WHERE id = :id', {
      id: openWave.waveId,
    });
    await closeWave(restoredContext, operator, { waveKey: rows[0]!.key });
    const sealed = await restored.db('response').where('wave_id', openWave.waveId).select('answers');
    expect(sealed.map(({ answers }: { answers: unknown }) => answers)).toEqual(
      expect.arrayContaining([{ wish: odd }, { wish: '' }]),
    );
  });
});

test('a backup of a restored installation holds the same, but for mailings and steps that were stopped', async () => {
  const again = await openEmptyDatabase();
  await restoreInto(again, file);
  const [first, second] = [readSections(file), readSections(await backUp(again.db))];
  expect([...second.keys()]).toEqual([...first.keys()]);
  for (const [table, rows] of first)
    if (!['mailing', 'wave_job'].includes(table)) expect([table, second.get(table)]).toEqual([table, rows]);
});

test('an ordinary account that owns its database can restore and back up, as with a managed Postgres', async () => {
  const { db, url } = await openEmptyDatabase();
  const account = `owner_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const name = new URL(url).pathname.slice(1);
  await runAsAdministrator(
    url,
    `create role ${account} login password '${password}' nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
    `alter database ${name} owner to ${account}`,
  );
  const own = new URL(url);
  Object.assign(own, { username: account, password });
  const owned = createDatabase(own.toString());
  try {
    await restoreInto({ db: owned, url: own.toString() }, file);
    const again = readSections(await backUp(owned));
    expect(again.get('release_estimate')).toBe(readSections(file).get('release_estimate'));
  } finally {
    await owned.destroy();
    await db.raw('REASSIGN OWNED BY :account: TO CURRENT_USER', { account });
    await db.raw('DROP OWNED BY :account:', { account });
    await db.raw('DROP ROLE :account:', { account });
  }
});

test('only somebody who runs the installation makes one', async () => {
  const attempt = writeBackup({ db: context.db, now: context.now, softwareVersion: '' }, anonymous, process.stdout);
  expect((await catchFault(attempt)).code).toBe('sign_in_needed');
});

test('responses lie in the file in the order of their random ids', () => {
  const text = gunzipSync(file).toString();
  const [, rows = ''] = /"box":"ballot"[^\n]*\n([\s\S]*?)\n\\\.\n/.exec(text) ?? [];
  const ids = rows.split('\n').map((row) => row.slice(0, 36));
  expect(ids).toHaveLength(2);
  expect(ids).toEqual([...ids].sort());
});

describe('a file that cannot be trusted leaves the database empty', () => {
  let empty: { db: Database; url: string };
  beforeAll(async () => {
    empty = await openEmptyDatabase();
  });
  const expectRefusal = async (bytes: Buffer, code: string) => {
    expect((await catchFault(restoreInto(empty, bytes))).code).toBe(code);
    const { rows } = await empty.db.raw<{ rows: { tables: number }[] }>(
      `SELECT count(*) AS tables FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    );
    expect(rows).toEqual([{ tables: 0 }]);
  };

  test.each([0.02, 0.3, 0.6, 0.9, 0.9999])('cut off after %p of its length', async (share) => {
    await expectRefusal(file.subarray(0, Math.floor(file.length * share)), 'backup_damaged');
  });

  test.each([0.05, 0.35, 0.65, 0.95])('with one byte changed at %p of its length', async (share) => {
    const bytes = Buffer.from(file);
    const at = Math.floor(bytes.length * share);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    await expectRefusal(bytes, 'backup_damaged');
  });

  test('with one digit of an answer changed and packed again', async () => {
    const text = gunzipSync(file).toString();
    const changed = text.replace('"agree"', '"agrea"');
    expect(changed).not.toBe(text);
    await expectRefusal(gzipSync(changed), 'backup_damaged');
  });

  test('with the name of a column changed and packed again', async () => {
    const text = gunzipSync(file).toString();
    await expectRefusal(gzipSync(text.replace('"respondent_count"', '"reswerdent_count"')), 'backup_damaged');
  });

  test('with a whole section taken out', async () => {
    const text = gunzipSync(file).toString();
    const without = text.replace(/\{"kind":"table","table":"release_hidden_reason"[\s\S]*?\n\\\.\n[^\n]*\n/, '');
    expect(without.length).toBeLessThan(text.length);
    await expectRefusal(gzipSync(without), 'backup_damaged');
  });

  test('of another kind, of a newer format, of a newer release', async () => {
    const text = gunzipSync(file).toString();
    await expectRefusal(Buffer.from('not a backup at all'), 'backup_unknown');
    await expectRefusal(gzipSync('something else\n'), 'backup_unknown');
    await expectRefusal(gzipSync(text.replace(/ 1\n/, ' 2\n')), 'backup_newer');
    await expectRefusal(gzipSync(text.replace('_network__create', '_network__future')), 'backup_newer');
  });
});

test('a database that holds anything is left as it is', async () => {
  expect((await catchFault(restoreInto({ db: context.db, url: database.url() }, file))).code).toBe(
    'database_not_empty',
  );
  expect((await readAllTables(context.db, tablesLeftOut)).get('release')).toBe(before.get('release'));
  const other = await openEmptyDatabase();
  await other.db.raw('CREATE TABLE somebody_elses (id integer)');
  expect((await catchFault(restoreInto(other, file))).code).toBe('database_not_empty');
});

test('a backup from before later migrations is restored and brought up to date', async () => {
  const old = await openEmptyDatabase();
  const names = [
    '20261122100000_network__create',
    '20261122100100_instrument_version__create',
    '20261122100200_wave__create',
    '20261122100300_frame__create',
    '20261122100400_response__create',
    '20261122100600_actor__create',
  ];
  await old.db.transaction((transaction) => runMigrationsWithin(transaction, names));
  await old.db.raw(`INSERT INTO network (key, name, is_open) VALUES ('old', 'Gammelt nett', true)`);
  const target = await openEmptyDatabase();
  await restoreInto(target, await backUp(old.db));
  expect(await target.db('network').pluck('name')).toEqual(['Gammelt nett']);
  expect(await target.db('mailing').pluck('id')).toEqual([]);
  expect(await migrateDatabase(target.url)).toEqual([]);
});

test('sealing waits for a backup without holding up those who answer other waves, and for nobody for ever', async () => {
  const closing = [await createRespondentWave(context), await createRespondentWave(context)];
  const other = await createRespondentWave(context);
  const keys = await context
    .db('wave')
    .whereIn(
      'id',
      closing.map(({ waveId }) => waveId),
    )
    .pluck<string[]>('key');
  const seals: Promise<unknown>[] = [];
  let sealed = 0;
  await withSnapshot(context.db, async (snapshot) => {
    await snapshot.raw('SELECT count(*) FROM response');
    for (const waveKey of keys) seals.push(closeWave(context, operator, { waveKey }).then(() => (sealed += 1)));
    const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 7301004`;
    while ((await context.db.raw<{ rows: unknown[] }>(waiting)).rows.length < 2) await new Promise(setImmediate);
    await context.db.transaction(async (transaction) => {
      await transaction.raw(`SET LOCAL lock_timeout = '2s'`);
      await insertResponses(transaction, other.waveId, [{ stratum: 'asker:education-M', answers: {} }]);
    });
    expect(sealed).toBe(0);
  });
  await Promise.all(seals);
  expect(sealed).toBe(2);
});
