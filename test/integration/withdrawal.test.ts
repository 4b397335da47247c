import request, { type Agent } from 'supertest';
import { z } from 'zod';
import { selectRows } from '../../src/db/database';
import { toResponseId, readReceiptCode } from '../../src/domain/fieldwork/receipt-code';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { withDatabase } from '../support/database';
import { readExample } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave, type RespondentWave, type RespondentWaveOptions } from '../support/respondents';

const database = withDatabase();
let site: RespondentApp;
beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

const openExample = (options: RespondentWaveOptions = {}): Promise<RespondentWave> =>
  createRespondentWave(site.context, { files: readExample(), ...options });

/** Sends a finished draft through the pages and reads the receipt. */
async function send(
  wave: RespondentWave,
  unit: number,
  wish: string,
): Promise<{ agent: Agent; code: string; receipt: string }> {
  const agent = request.agent(site.app);
  await agent.post(`/svar/${wave.tokens[unit]!}`).expect(303);
  const draft = { answers: { uses_tool: 'no', wish }, page: 'tools', language: 'nb', madeFrom: 0 } as const;
  await site.context.respondents.saveDraft({ invitationId: wave.invitationIds[unit]!, ...draft });
  const sent = await postForm(agent, '/undersokelse/send', await openForm(agent, '/undersokelse/oversikt'));
  expect(sent.headers['location']).toBe('/undersokelse/kvittering');
  const { text } = await agent.get('/undersokelse/kvittering').expect(200);
  return { agent, code: /receipt-code__value">([^<]+)</.exec(text)?.[1] ?? '', receipt: text };
}

const marks = async (waveId: string): Promise<readonly string[]> => {
  const rows = await selectRows(database.db(), z.object({ wish: z.string().nullable() }), {
    sql: `SELECT response.answers ->> 'wish' AS wish FROM response WHERE response.wave_id = :waveId ORDER BY 1`,
    bindings: { waveId },
  });
  return rows.map(({ wish }) => wish ?? '');
};

const post = (path: string, code: string): request.Test => request(site.app).post(path).type('form').send({ code });

/** Every row of every table as text, byte columns as hexadecimal digits. */
async function dumpDatabase(): Promise<string> {
  const tables = await selectRows(database.db(), z.object({ name: z.string() }), {
    sql: `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
           WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  });
  const texts = await Promise.all(
    tables.map(({ name }) =>
      selectRows(database.db(), z.object({ text: z.string().nullable() }), {
        sql: `SELECT string_agg(each::text, ' ') AS text FROM ${name} AS each`,
      }),
    ),
  );
  return texts.map(([row]) => row?.text ?? '').join('\n');
}

describe('the receipt code', () => {
  test.each([
    ['anonym', 'Etterpå virker koden ikke lenger.'],
    ['fortrolig', 'svaret kan bare slettes når det ikke kan være noen andres enn ditt.'],
  ] as const)('is told of on page 1 of a wave that is %s', async (level, after) => {
    const wave = await openExample({ level });
    const { text } = await request(site.app).get(`/svar/${wave.tokens[0]!}`).expect(200);
    expect(text).toContain('får du en kvitteringskode');
    expect(text).toContain(after);
  });

  test('stands on the receipt page of the browser that sent, and nowhere in the database, the log or the cookies', async () => {
    const wave = await openExample();
    const { agent, code, receipt } = await send(wave, 0, 'kvitt');
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(receipt).toContain('href="/trekk-svar"');
    expect((await agent.get('/undersokelse/kvittering')).text).toContain(code);
    const bare = code.replaceAll('-', '');
    const dump = await dumpDatabase();
    const { rows } = await database
      .db()
      .raw<{ rows: { id: string }[] }>('SELECT id FROM response WHERE wave_id = :waveId', {
        waveId: wave.waveId,
      });
    expect(rows).toEqual([{ id: toResponseId(bare) }]);
    for (const text of [dump, site.logged()]) {
      expect(text).not.toContain(bare);
      expect(text).not.toContain(code);
    }
  });

  test('is not shown to another invitation in the same browser, nor to a browser without the cookie', async () => {
    const wave = await openExample();
    const { agent, code } = await send(wave, 0, 'en');
    const other = await send(wave, 1, 'to');
    expect(other.code).not.toBe(code);
    await agent.post(`/svar/${wave.tokens[2]!}`).expect(303);
    await database
      .db()
      .raw("UPDATE invitation SET disposition = 'answered' WHERE id = :id", { id: wave.invitationIds[2]! });
    const receipt = await agent.get('/undersokelse/kvittering').expect(200);
    expect(receipt.text).not.toContain('receipt-code__value');
    expect(receipt.text).toContain('vises bare en kort stund');
  });

  test('a cookie that was tampered with shows no code', async () => {
    const wave = await openExample();
    const agent = request.agent(site.app);
    await agent.post(`/svar/${wave.tokens[0]!}`).expect(303);
    await database
      .db()
      .raw("UPDATE invitation SET disposition = 'answered' WHERE id = :id", { id: wave.invitationIds[0]! });
    for (const value of ['', 'x', 'A'.repeat(80), '%E0%A4%A']) {
      const page = await agent.get('/undersokelse/kvittering').set('Cookie', `receipt=${value}`);
      expect(page.text).not.toContain('receipt-code__value');
    }
  });
});

describe('withdrawing', () => {
  test('takes two steps and deletes that response alone; the invitation stays answered', async () => {
    const wave = await openExample();
    const { code } = await send(wave, 0, 'bort');
    await send(wave, 1, 'bli');
    const confirm = await post('/trekk-svar', code.toLowerCase().replaceAll('-', ' ')).expect(200);
    expect(confirm.text).toContain(`value="${code}"`);
    expect(confirm.text).toContain('Du kan ikke svare på nytt etterpå.');
    expect(confirm.text).not.toContain('bort');
    expect(await marks(wave.waveId)).toEqual(['bli', 'bort']);
    const done = await post('/trekk-svar/bekreft', code).expect(303);
    expect(done.headers['location']).toBe('/trekk-svar/trukket');
    expect((await request(site.app).get('/trekk-svar/trukket')).text).toContain('Svaret er slettet');
    expect(await marks(wave.waveId)).toEqual(['bli']);
    expect((await request(site.app).get(`/svar/${wave.tokens[0]!}`)).status).toBe(410);
    const { rows } = await database
      .db()
      .raw<{ rows: unknown[] }>('SELECT withdrawals FROM withdrawal WHERE wave_id = :id', { id: wave.waveId });
    expect(rows).toEqual([{ withdrawals: 1 }]);
    const audit = await database.db().raw<{ rows: unknown[] }>('SELECT id FROM audit_event');
    expect(audit.rows).toEqual([]);
  });

  test('answers alike to a code that was used, one with a slip and one of nowhere', async () => {
    const wave = await openExample();
    const { code } = await send(wave, 0, 'x');
    await post('/trekk-svar/bekreft', code).expect(303);
    const slip = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
    const pages = await Promise.all(
      [code, slip, '0000-1111-2222-3333-4444', ''].map((each) => post('/trekk-svar', each)),
    );
    const bodies = pages.map(({ text }) => text.replaceAll(/value="[^"]*"/g, ''));
    expect(pages.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
    expect(new Set(bodies).size).toBe(1);
    expect((await post('/trekk-svar/bekreft', slip)).status).toBe(422);
  });

  test('GET never deletes and takes no code from the address', async () => {
    const wave = await openExample();
    const { code } = await send(wave, 0, 'her');
    const page = await request(site.app).get(`/trekk-svar?code=${code}`).expect(200);
    expect(page.text).not.toContain(`value="${code}"`);
    expect((await request(site.app).get('/trekk-svar/bekreft')).status).toBe(404);
    expect(await marks(wave.waveId)).toEqual(['her']);
  });

  test('waits for nobody while the wave is being closed', async () => {
    const wave = await openExample();
    const { code } = await send(wave, 0, 'opptatt');
    await database.db().transaction(async (transaction) => {
      await transaction.raw('SELECT id FROM wave WHERE id = :id FOR NO KEY UPDATE', { id: wave.waveId });
      expect((await post('/trekk-svar/bekreft', code)).status).toBe(503);
    });
    expect(await marks(wave.waveId)).toEqual(['opptatt']);
  });
});

describe('after sealing', () => {
  test.each([
    ['anonym', 'Runden er anonym', 'den eneste av sitt slag'],
    ['fortrolig', 'Runden er fortrolig', 'minst fem svar deler'],
  ] as const)(
    '%s: the page explains why, and no row of the database carries the hash',
    async (level, says, saysNot) => {
      const wave = await openExample({ level });
      const { code } = await send(wave, 0, `forseglet ${level}`);
      const bare = readReceiptCode(code)!;
      expect(await dumpDatabase()).toContain(toResponseId(bare));
      const { rows } = await database.db().raw<{ rows: { key: string }[] }>('SELECT key FROM wave WHERE id = :id', {
        id: wave.waveId,
      });
      await closeWave(site.context, operator, { waveKey: rows[0]!.key });
      expect(await dumpDatabase()).not.toContain(toResponseId(bare));
      expect(await marks(wave.waveId)).toEqual([`forseglet ${level}`]);
      const page = await post('/trekk-svar', code);
      expect(page.status).toBe(410);
      expect(page.text).toContain(says);
      expect(page.text).toContain('artikkel 11');
      expect(page.text).not.toContain(saysNot);
      // Whether such a response was ever sent is not told: another code of the wave gets the same page.
      const other = await post('/trekk-svar', `${bare.slice(0, 4)}0000000000000000`);
      expect(other.text).toBe(page.text);
      expect((await post('/trekk-svar/bekreft', code)).status).toBe(410);
      expect(await marks(wave.waveId)).toEqual([`forseglet ${level}`]);
    },
  );
});

test('one address may not try codes without end', async () => {
  const limited = await createRespondentApp(database.db());
  const attempts = [];
  for (let attempt = 0; attempt < 60; attempt += 1) {
    attempts.push((await request(limited.app).post('/trekk-svar').type('form').send({ code: 'x' })).status);
  }
  expect(attempts.at(-1)).toBe(429);
});
