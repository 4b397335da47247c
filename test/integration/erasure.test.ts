import { operator } from '../../src/domain/permissions';
import { insertResponses } from '../../src/db/responses';
import { selectInvitations, updateDispositions } from '../../src/db/invitations';
import { createReceiptCode, formatReceiptCode, toResponseId } from '../../src/domain/fieldwork/receipt-code';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { createDraftWave, csvFile } from '../support/fieldwork';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;
let administrator: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createDraftWave(site.context, 'grunn', { units: 12 });
  administrator = await signInAs(site, { role: 'administrator', networkKey: 'grunn' });
});

async function readAll<Row>(sql: string, bindings: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  return (await database.db().raw<{ rows: Row[] }>(sql, bindings)).rows;
}

async function waveIdOf(key: string): Promise<string> {
  return (await readAll<{ id: string }>('SELECT id FROM wave WHERE key = :key', { key }))[0]!.id;
}

const marksOf = async (key: string): Promise<readonly string[]> =>
  (
    await readAll<{ wish: string }>(
      `SELECT response.answers ->> 'wish' AS wish FROM response JOIN wave ON wave.id = response.wave_id
        WHERE wave.key = :key ORDER BY 1`,
      { key },
    )
  ).map(({ wish }) => wish);

async function readToken(agent: Agent, path: string): Promise<string> {
  const { text } = await agent.get(path);
  return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

async function erase(
  agent: Agent,
  key: string,
  field: 'code' | 'unit',
  value: string,
): Promise<{ status: number; text: string }> {
  const page = `/runder/${key}/sletting`;
  const token = await readToken(agent, '/nettverk');
  const path = `${page}/${field === 'code' ? 'kode' : 'arbeidsplass'}`;
  const { status, text } = await postForm(agent, path, { _csrf: token, [field]: value });
  return { status, text };
}

/** A wave with one lone large culture unit, two small ones, and many others. */
async function openFortrolig(key: string): Promise<string> {
  const rows = [
    'kultur-1,asker,culture,bibliotek,L,1',
    'kultur-2,asker,culture,bibliotek,S,1',
    'kultur-3,asker,culture,bibliotek,S,1',
    ...Array.from({ length: 12 }, (_, index) => `skole-${index},asker,education,grunnskole,M,1`),
  ];
  await createWave(site.context, operator, {
    key,
    networkKey: 'grunn',
    instrument: 'example/1',
    period: '2026',
    anonymityLevel: 'fortrolig',
  });
  const file = csvFile(['unit,organisation,sector,type,size,invited', ...rows].join('\n'));
  await importFrame(site.context, operator, { waveKey: key, file });
  await openWave(site.context, operator, { waveKey: key });
  return waveIdOf(key);
}

async function answer(key: string, units: readonly string[]): Promise<void> {
  const waveId = await waveIdOf(key);
  const strata = new Map(
    (
      await readAll<{ key: string; stratum: string }>('SELECT key, stratum FROM unit WHERE wave_id = :waveId', {
        waveId,
      })
    ).map((row) => [row.key, row.stratum]),
  );
  const invitations = (await selectInvitations(database.db(), waveId)).filter(({ unit }) => units.includes(unit));
  await insertResponses(
    database.db(),
    waveId,
    units.map((unit) => ({ stratum: strata.get(unit)!, answers: { uses_tool: 'no', wish: unit } })),
  );
  await updateDispositions(
    database.db(),
    '2026-11-22',
    invitations.map(({ id }) => ({ invitationId: id, disposition: 'answered' })),
  );
}

describe('while the wave is open', () => {
  test('an administrator erases by receipt code, and the audit log tells that and no more', async () => {
    const waveId = await openFortrolig('apen');
    await answer('apen', ['kultur-1', 'kultur-2']);
    const code = createReceiptCode(site.context.randomBytes, waveId);
    await database
      .db()
      .raw("UPDATE response SET id = :id WHERE wave_id = :waveId AND answers ->> 'wish' = 'kultur-2'", {
        id: toResponseId(code),
        waveId,
      });
    expect((await administrator.get('/runder/apen/sletting')).text).toContain(
      'Bare kvitteringskoden kan finne et svar',
    );
    expect((await erase(administrator, 'apen', 'code', 'feil')).status).toBe(422);
    expect((await erase(administrator, 'grunn', 'code', code)).status).toBe(422);
    expect(await marksOf('apen')).toEqual(['kultur-1', 'kultur-2']);
    expect((await erase(administrator, 'apen', 'code', formatReceiptCode(code))).status).toBe(303);
    expect(await marksOf('apen')).toEqual(['kultur-1']);
    expect(await readAll("SELECT subject, detail FROM audit_event WHERE action = 'erased response'")).toEqual([
      { subject: 'apen', detail: { foundBy: 'receipt' } },
    ]);
    expect((await administrator.get('/runder/apen/sletting?slettet=1')).text).toContain('Svaret er slettet');
    expect((await erase(administrator, 'apen', 'unit', 'kultur-1')).status).toBe(422);
    expect(site.logged()).not.toContain(code);
  });
});

describe('in a sealed confidential wave', () => {
  beforeAll(async () => {
    await openFortrolig('forseglet');
    await answer('forseglet', ['kultur-1', 'kultur-2', ...Array.from({ length: 10 }, (_, index) => `skole-${index}`)]);
    await closeWave(site.context, operator, { waveKey: 'forseglet' });
  });

  test.each([
    ['skole-1', 'shares its stratum'],
    ['kultur-3', 'did not answer, though another unit of its stratum did'],
    ['finnes-ikke', 'is not in the frame'],
  ])('the response of %s stays: the unit %s', async (unit) => {
    const before = await marksOf('forseglet');
    expect((await erase(administrator, 'forseglet', 'unit', unit)).status).toBe(422);
    expect(await marksOf('forseglet')).toEqual(before);
  });

  test('the only response of a stratum is erased, without a dead row, and strata count one less', async () => {
    const waveId = await waveIdOf('forseglet');
    const ids = (await readAll<{ id: string }>('SELECT id FROM response WHERE wave_id = :waveId', { waveId })).map(
      ({ id }) => id,
    );
    expect((await erase(administrator, 'forseglet', 'unit', 'kultur-1')).status).toBe(303);
    expect(await marksOf('forseglet')).not.toContain('kultur-1');
    expect(await marksOf('forseglet')).toHaveLength(11);
    const left = (await readAll<{ id: string }>('SELECT id FROM response WHERE wave_id = :waveId', { waveId })).map(
      ({ id }) => id,
    );
    expect(left.filter((id) => ids.includes(id))).toEqual([]);
    const tables = await readAll<{ relname: string }>(
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE :name",
      { name: `response_${waveId.replaceAll('-', '')}%` },
    );
    expect(tables).toEqual([{ relname: expect.stringMatching(/_sealed$/) as string }]);
    const strata = await readAll<{ count: number }>(
      "SELECT respondent_count AS count FROM stratum WHERE wave_id = :waveId AND code = 'asker:culture:L'",
      { waveId },
    );
    expect(strata).toEqual([{ count: 0 }]);
    expect((await erase(administrator, 'forseglet', 'unit', 'kultur-1')).status).toBe(422);
  });

  test('once invitations are gone only a stratum with one invited unit is certain', async () => {
    await database
      .db()
      .raw("DELETE FROM invitation USING wave WHERE wave.id = invitation.wave_id AND wave.key = 'forseglet'");
    expect((await erase(administrator, 'forseglet', 'unit', 'kultur-2')).status).toBe(422);
    expect(await marksOf('forseglet')).toContain('kultur-2');
  });

  test('the wave can still be released, and what was released stays', async () => {
    await releaseWave(site.context, operator, { waveKey: 'forseglet' });
    expect(
      await readAll(
        "SELECT id FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = 'forseglet'".replace(
          'SELECT id',
          'SELECT release.id',
        ),
      ),
    ).toHaveLength(1);
  });
});

test('an anonymous sealed wave offers no form and says why', async () => {
  await createDraftWave(site.context, 'anonymt', { level: 'anonym', units: 12 });
  await openWave(site.context, operator, { waveKey: 'anonymt' });
  await closeWave(site.context, operator, { waveKey: 'anonymt' });
  const { text } = await administrator.get('/runder/anonymt/sletting').expect(200);
  expect(text).toContain('artikkel 11');
  expect(text).not.toContain('action="/runder/anonymt/sletting');
  expect((await erase(administrator, 'anonymt', 'unit', 'asker-1')).status).toBe(422);
});

test('nobody but an administrator erases', async () => {
  await createResultsNetwork(site.context, 'vern');
  for (const person of [
    { role: 'coordinator', networkKey: 'vern' },
    { role: 'researcher', networkKey: 'vern' },
    { role: 'organisation_contact', networkKey: 'vern', organisationKey: 'asker' },
  ] as const) {
    const agent = await signInAs(site, person);
    expect((await erase(agent, 'vern', 'unit', 'asker-education-0')).status).toBe(403);
    expect((await erase(agent, 'vern', 'code', 'x')).status).toBe(403);
  }
});
