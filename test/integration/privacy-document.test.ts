import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tablesLeftOut } from '../../src/db/backup-tables';
import { packageRoot } from '../../src/platform/package-root';
import { withDatabase } from '../support/database';

const database = withDatabase();
const text = readFileSync(join(packageRoot, 'docs', 'privacy.md'), 'utf8');
const section = /^## Hva som lagres[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? '';

/** What may be about somebody: who, how to reach them, what they said, and what leads to them. */
const personal =
  /^(e?mail|name|phone|address|language|disposition|answers|sess|subject|content|token_hash|opened_on|answered_on|invitation_id|actor_id|session_id|ip)$|_(e?mail|name|phone|address|by)$|^(contact|officer|person|respondent|receipt)_/;
/** Days of a wave and names of questionnaires are about nobody. */
const aboutNobody =
  /^(wave|release|instrument_version|region_\w+|identity_provider|mail_template|installation_secret)\.|\.respondent_count$/;

/** The columns that the document names, by table. */
function readListed(): ReadonlyMap<string, ReadonlySet<string>> {
  const names = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.flatMap((row) => {
      const [, tables = '', columns = ''] = row.split('|');
      return names(tables).map((table) => [table, new Set(names(columns))] as const);
    }),
  );
}

async function selectColumns(): Promise<readonly { readonly table: string; readonly column: string }[]> {
  const { rows } = await database.db().raw<{ rows: { table: string; column: string }[] }>(
    `SELECT CAST(pg_class.relname AS text) AS table, CAST(pg_attribute.attname AS text) AS column
       FROM pg_class JOIN pg_attribute ON pg_attribute.attrelid = pg_class.oid
      WHERE pg_class.relnamespace = 'public'::regnamespace AND pg_class.relkind IN ('r', 'p') AND NOT pg_class.relispartition
        AND pg_attribute.attnum > 0 AND NOT pg_attribute.attisdropped AND pg_class.relname NOT LIKE 'knex%'
      ORDER BY 1, 2`,
  );
  return rows;
}

test('every table is named in the document', async () => {
  const tables = new Set((await selectColumns()).map(({ table }) => table));
  expect(tables.size).toBeGreaterThan(20);
  expect([...tables].filter((table) => !section.includes(`\`${table}\``))).toEqual([]);
});

test('every column that looks as if it were about somebody stands in its table’s row', async () => {
  const listed = readListed();
  const found = (await selectColumns()).filter(
    ({ table, column }) => personal.test(column) && !aboutNobody.test(`${table}.${column}`),
  );
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(({ table, column }) => listed.get(table)?.has(column) !== true)).toEqual([]);
});

test('the rule sees a column that somebody adds', async () => {
  await database.db().raw('ALTER TABLE unit ADD COLUMN manager_phone text');
  const added = (await selectColumns()).filter(({ column }) => column === 'manager_phone');
  await database.db().raw('ALTER TABLE unit DROP COLUMN manager_phone');
  expect(added.filter(({ column }) => personal.test(column))).toHaveLength(1);
});

describe('what the program says of itself', () => {
  const read = (file: string): string => readFileSync(join(packageRoot, 'src', file), 'utf8');

  /** A period of the program, as the document tells it. */
  const periods: readonly (readonly [string, RegExp, (found: string) => string])[] = [
    ['http/session.ts', /idleMilliseconds: (\d+) \* hour/, (hours) => `etter ${hours} timer uten bruk`],
    ['http/session.ts', /absoluteMilliseconds: (\d+) \* hour/, (hours) => `senest ${hours} timer etter innlogging`],
    ['usecases/sign-in-link.ts', /mailedLinkMinutes = (\d+)/, (minutes) => `etter ${minutes} minutter, 24 timer`],
    ['usecases/administrator/forget-people.ts', /auditMonths = (\d+)/, (months) => `navnet ${months} måneder etter`],
    ['domain/role-term.ts', /contactMonths = (\d+)/, (months) => `kontaktpersoner etter ${months} måneder`],
    [
      'usecases/coordinator/upload-frame.ts',
      /keptMilliseconds = (\d+) \*/,
      (hours) => `virker ikke etter ${hours} timer`,
    ],
    ['usecases/pending-register.ts', /keptMilliseconds = (\d+) \*/, (hours) => `ellers etter ${hours} timer`],
    ['http/receipt-cookie.ts', /showingMinutes = (\d+)/, (minutes) => `kryptert | ${minutes} minutter`],
    ['http/respondent-cookie.ts', /cookieDays = (\d+)/, (days) => `virker i høyst ${days} dager`],
    ['http/begun-sign-in.ts', /minutes = (\d+)/, (minutes) => `kryptert | ${minutes} minutter`],
  ];
  const plain = text.replaceAll(/\s+/g, ' ');

  test.each(periods)('%s keeps things as long as the document tells (%p)', (file, pattern, tell) => {
    const found = pattern.exec(read(file))?.[1] ?? 'nothing';
    expect(plain).toContain(tell(found));
  });

  test('every cookie stands in the document', () => {
    const files = readdirSync(join(packageRoot, 'src', 'http')).filter((name) => name.endsWith('.ts'));
    const sources = files.map((name) => read(join('http', name))).join('\n');
    const names = [...sources.matchAll(/'__Host-([\w-]+)'|response\.cookie\('(\w+)'/g)].map(
      ([, secure, other]) => secure ?? other ?? '',
    );
    expect(new Set(names)).toEqual(new Set(['respondent', 'receipt', 'session', 'sign-in', 'language']));
    expect(names.filter((name) => !text.includes(`| \`${name}\` `))).toEqual([]);
  });

  test('what backups leave out stands in the paragraph on backups', () => {
    const told: Readonly<Record<string, string>> = {
      attempt: 'telling av forsøk',
      attempt_key: 'telling av forsøk',
      frame_import: 'opplastede filer',
      register_import: 'opplastede filer',
      session: 'økter',
      sign_in_link: 'innloggingslenker',
    };
    const withoutPeople = [
      'clock_sighting',
      'frozen_indicator',
      'knex_migrations',
      'knex_migrations_lock',
      'used_sign_in_state',
    ];
    expect([...tablesLeftOut].filter((table) => !withoutPeople.includes(table)).sort()).toEqual(Object.keys(told));
    const paragraph = /\*\*Sikkerhetskopier\*\* \(`barometer backup`\)[\s\S]*?\n- /
      .exec(text)?.[0]
      .replaceAll(/\s+/g, ' ');
    expect(Object.values(told).filter((words) => paragraph?.includes(words) !== true)).toEqual([]);
  });
});
