import { request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import writeExcel from 'write-excel-file/node';
import type { Agent, Response } from 'supertest';
import { operator } from '../../src/domain/permissions';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { forgetFrameImports } from '../../src/usecases/administrator/forget-frame-imports';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { plantFrame, toLatin1 } from '../support/planted-frame';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

async function count(sql: string, bindings: Record<string, string> = {}): Promise<number> {
  const result = await database
    .db()
    .raw<{ rows: { count: number }[] }>(`SELECT count(*) AS count FROM ${sql}`, bindings);
  return result.rows[0]!.count;
}

const unitsOf = (key: string) => count('unit JOIN wave ON wave.id = unit.wave_id WHERE wave.key = :key', { key });

async function upload(agent: Agent, wave: string, file: Buffer | string, name = 'ramme.csv'): Promise<Response> {
  const form = await openForm(agent, `/runder/${wave}/ramme/import`);
  const csrf = [form['_csrf']].flat()[0] ?? '';
  return agent.post(`/runder/${wave}/ramme/import`).field('_csrf', csrf).attach('file', Buffer.from(file), name);
}

/** Takes a file through the columns as they are guessed, to the preview. */
async function reachPreview(agent: Agent, wave: string, file: Buffer | string, name?: string): Promise<string> {
  const uploaded = await upload(agent, wave, file, name);
  expect([uploaded.status, uploaded.text]).toEqual([303, '']);
  const path = uploaded.headers['location'] ?? '';
  const page = await agent.get(path);
  const chosen = await postForm(agent, path, readFields(page.text, path));
  expect([chosen.status, chosen.headers['location']]).toEqual([303, `${path}/se`]);
  return path;
}

/** Fields of the form that posts to a path, as a browser would send them untouched. */
function readFields(html: string, action: string): Record<string, string> {
  const at = html.indexOf(`method="post" action="${action}"`);
  const form = html.slice(at, html.indexOf('</form>', at));
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const selects = [...form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs)];
  return Object.fromEntries([
    ...inputs.map(([, name = '', value = '']) => [name, value]),
    ...selects.map(([, name = '', options = '']) => [name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '']),
  ]) as Record<string, string>;
}

async function confirm(agent: Agent, path: string, more: Record<string, string> = {}): Promise<Response> {
  const { text } = await agent.get(`${path}/se`).expect(200);
  return postForm(agent, `${path}/bekreft`, { ...readFields(text, `${path}/bekreft`), ...more });
}

const asCoordinator = (key: string) => signInAs(site, { role: 'coordinator', networkKey: key });

const smallFrame = (rows: readonly string[]) =>
  ['Nøkkel;Arbeidsplass;Kommune;Sektor;Størrelse;Leder;E-post', ...rows].join('\r\n');

describe('a frame of 800 units with planted faults, in Latin-1', () => {
  const planted = plantFrame(['Asker', 'Oslo kommune']);
  let agent: Agent;
  let path: string;

  beforeAll(async () => {
    await createDraftWave(site.context, 'plantet', { units: 5 });
    agent = await asCoordinator('plantet');
    path = await reachPreview(agent, 'plantet', toLatin1(planted.text));
  });

  test('is converted, which is said', async () => {
    expect((await agent.get(path)).text).toContain('Filen var ikke lagret som UTF-8');
    expect((await agent.get(path)).text).toContain('Bjørg Ødegård 1');
  });

  test('is shown with every fault by row and column, and nothing is stored', async () => {
    const csv = await agent.get(`${path}/feil.csv`);
    const lines = csv.text.replace('\uFEFF', '').trim().split('\n').slice(1);
    expect(lines.map((line) => Number(line.split(',')[0])).sort((a, b) => a - b)).toEqual(
      planted.faults.map(({ row }) => row),
    );
    expect(csv.text).toContain(
      '13,E-post,kari.nordmann(at)example.org,«kari.nordmann(at)example.org» er ikke en e-postadresse.',
    );
    expect(csv.text).toContain('122,Nøkkel,enhet-0120,«enhet-0120» står også i rad 121.');
    const { text } = await agent.get(`${path}/se`);
    expect(text).toContain('12 rader har feil, 788 er i orden.');
    expect(text).toContain('Atlantis');
    expect(await unitsOf('plantet')).toBe(10);
  });

  test('words can be given a meaning, once for the file', async () => {
    const { text } = await agent.get(`${path}/se`);
    const fields = readFields(text, `${path}/ord`);
    const index = Object.keys(fields).find((name) => name.startsWith('word_') && fields[name] === 'kjempestor');
    const chosen = { ...fields, [(index ?? '').replace('word', 'code')]: 'L' };
    expect((await postForm(agent as never, `${path}/ord`, chosen)).status).toBe(303);
    expect((await agent.get(`${path}/se`)).text).toContain('11 rader har feil, 789 er i orden.');
  });

  test('is not confirmed unless the faulty rows are left out in so many words', async () => {
    const refused = await confirm(agent, path);
    expect([refused.status, await unitsOf('plantet')]).toEqual([422, 10]);
    expect(refused.text).toContain('Kryss av for at radene med feil skal være ute');
    const done = await confirm(agent, path, { leave_out: '1' });
    expect([done.status, done.headers['location']]).toEqual([303, '/runder/plantet/ramme?gjort=import']);
    // The ten that were there stand in none of the rows and go.
    expect(await unitsOf('plantet')).toBe(789);
    expect(await count('frame_import')).toBe(0);
    expect((await agent.get(`${path}/se`)).status).toBe(404);
  });

  test('once mended and uploaded again, only what was missing is new', async () => {
    const again = await reachPreview(agent, 'plantet', planted.mended);
    const { text } = await agent.get(`${again}/se`);
    const tally = [...text.matchAll(/<dt>([^<]+)<\/dt><dd>([^<]+)<\/dd>/g)].map(
      ([, name, value]) => `${name} ${value}`,
    );
    expect(tally).toEqual(['Nye 11', 'Endret 1', 'Fjernes 0', 'Uendret 788', 'Rader med feil 0']);
    expect(text).toContain('Størrelse: Stor →');
    expect((await confirm(agent, again)).status).toBe(303);
    expect(await unitsOf('plantet')).toBe(800);
    const invited = await count("invitation WHERE email LIKE 'leder%@example.org'");
    expect(invited).toBe(800);
  });

  test('the log and the audit trail hold no address', async () => {
    const events = await database
      .db()
      .raw<{ rows: { action: string; detail: object }[] }>(
        "SELECT action, detail FROM audit_event WHERE subject = 'plantet' AND action LIKE '%frame%'",
      );
    expect(events.rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['uploaded frame', 'imported frame']),
    );
    expect(JSON.stringify(events.rows)).not.toContain('@');
    expect(site.logged()).not.toContain('@example.org');
  });
});

describe('files of other kinds', () => {
  beforeAll(() => createDraftWave(site.context, 'filer', { units: 5 }));

  test('a workbook is read, also from its second sheet', async () => {
    const agent = await asCoordinator('filer');
    const rows = [
      ['Arbeidsplass', 'Kommune', 'Sektor', 'Antall ansatte'],
      ['Solvang sykehjem', 'Asker', 'Helse', 85],
      ['Vik barnehage', 'Oslo', 'Oppvekst', 12],
    ].map((cells) => cells.map((value) => ({ value, type: typeof value === 'number' ? Number : String })));
    const file = await writeExcel([
      { data: [[{ value: 'Notat', type: String }]], sheet: 'Forside' },
      { data: rows, sheet: 'Liste' },
    ]).toBuffer();
    const uploaded = await upload(agent, 'filer', file, 'ramme.xlsx');
    const path = uploaded.headers['location'] ?? '';
    expect((await agent.get(path)).text).toContain('Arket er tomt');
    const second = await agent.get(`${path}?ark=1`);
    await postForm(agent, path, readFields(second.text, path));
    const { text } = await agent.get(`${path}/se`);
    expect(text).toContain('Alle 2 rader er i orden.');
    expect(text).toContain('Solvang sykehjem (asker Solvang sykehjem)');
    await confirm(agent, path);
    const stored = await database
      .db()
      .raw<{ rows: { key: string; size: string }[] }>(
        "SELECT unit.key, unit.size FROM unit JOIN wave ON wave.id = unit.wave_id WHERE wave.key = 'filer' ORDER BY 1",
      );
    expect(stored.rows).toEqual([
      { key: 'asker Solvang sykehjem', size: 'L' },
      { key: 'oslo Vik barnehage', size: 'S' },
    ]);
  });

  test.each([
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
      'verken en Excel-fil eller en CSV-fil',
    ],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'gamle Excel-formatet'],
    ['a damaged workbook', Buffer.from('PK\u0003\u0004 broken'), 'lar seg ikke lese'],
    ['headings without rows', Buffer.from('Arbeidsplass;Kommune\n'), 'ingen rader'],
    ['nothing', Buffer.alloc(0), 'Filen kan ikke være tom'],
    ['too much', Buffer.alloc(5 * 1024 * 1024 + 1, 'a;b\n'), 'større enn 5 MB'],
  ])('%s is refused with what to do, and is not kept', async (_name, file, text) => {
    const agent = await asCoordinator('filer');
    const reply = await upload(agent, 'filer', file, 'noe');
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(text);
    expect(await count('frame_import')).toBe(0);
  });

  test('the templates are read again without a fault', async () => {
    const agent = await asCoordinator('filer');
    for (const path of ['mal.csv', 'mal.xlsx']) {
      const reply = await agent
        .get(`/runder/filer/ramme/${path}`)
        .buffer(true)
        .parse((res, done) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () => {
            done(null, Buffer.concat(chunks));
          });
        });
      expect(reply.headers['content-disposition']).toContain('ramme-mal');
      const preview = await reachPreview(agent, 'filer', reply.body as Buffer);
      expect((await agent.get(`${preview}/se`)).text).toContain('Alle 2 rader er i orden.');
    }
  });

  test('a form without the key of the session is refused before the file is looked at', async () => {
    const agent = await asCoordinator('filer');
    const reply = await agent
      .post('/runder/filer/ramme/import')
      .field('_csrf', 'x')
      .attach('file', Buffer.from('a;b'), 'a.csv');
    expect(reply.status).toBe(403);
  });
});

describe('an upload that breaks off', () => {
  let server: Server;
  afterAll(() => server.close());

  test('leaves nothing, and the next one works', async () => {
    await createDraftWave(site.context, 'halv', { units: 5 });
    const agent = await asCoordinator('halv');
    const page = await agent.get('/runder/halv/ramme/import');
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const cookie = (
      agent as unknown as { jar: { getCookies: (access: object) => { toValueString: () => string } } }
    ).jar
      .getCookies({ path: '/', domain: '127.0.0.1', secure: false, script: false })
      .toValueString();
    server = createServer((request, response) => {
      site.app(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const half = openRequest({
        port,
        method: 'POST',
        path: '/runder/halv/ramme/import',
        headers: { cookie, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '100000' },
      });
      half.on('error', () => {
        resolve();
      });
      half.write(
        `--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n${csrf}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b`,
      );
      setTimeout(() => half.destroy(), 200);
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await count("frame_import JOIN wave ON wave.id = frame_import.wave_id WHERE wave.key = 'halv'")).toBe(0);
    expect((await upload(agent, 'halv', smallFrame(['a;A;Asker;Kultur;Liten;Kari;kari@example.org']))).status).toBe(
      303,
    );
  });
});

describe('two at once, and after a while', () => {
  beforeAll(() => createDraftWave(site.context, 'samtidig', { units: 5 }));

  test('who confirms what has changed meanwhile is shown the difference anew', async () => {
    const [first, second] = [
      await asCoordinator('samtidig'),
      await signInAs(site, { role: 'administrator', networkKey: 'samtidig' }),
    ];
    const file = (size: string) => smallFrame([`x1;Bibliotek;Asker;Kultur;${size};Kari;kari@example.org`]);
    const a = await reachPreview(first, 'samtidig', file('Liten'));
    const b = await reachPreview(second, 'samtidig', file('Stor'));
    const seenByFirst = readFields((await first.get(`${a}/se`)).text, `${a}/bekreft`);
    expect((await confirm(second, b)).headers['location']).toBe('/runder/samtidig/ramme?gjort=import');
    const stale = await postForm(first, `${a}/bekreft`, seenByFirst);
    expect(stale.headers['location']).toBe(`${a}/se?endret=1`);
    const { text } = await first.get(`${a}/se?endret=1`);
    expect(text).toContain('Rammen er endret siden du så på den');
    expect(text).toContain('Størrelse: Stor → Liten');
    expect((await confirm(first, a)).status).toBe(303);
  });

  test('both confirm at the same moment: one of them is told to look again', async () => {
    const [first, second] = [
      await asCoordinator('samtidig'),
      await signInAs(site, { role: 'administrator', networkKey: 'samtidig' }),
    ];
    const paths = [
      await reachPreview(first, 'samtidig', smallFrame(['y1;A;Asker;Kultur;Liten;;', 'y2;B;Asker;Kultur;Liten;;'])),
      await reachPreview(second, 'samtidig', smallFrame(['z1;C;Asker;Kultur;Liten;;'])),
    ];
    const replies = await Promise.all([confirm(first, paths[0]!), confirm(second, paths[1]!)]);
    const outcomes = replies.map(({ headers }) =>
      headers['location']?.endsWith('gjort=import') === true ? 'stored' : 'changed',
    );
    expect(outcomes.sort()).toEqual(['changed', 'stored']);
  });

  test('nobody sees the file of somebody else, and a file of yesterday is gone', async () => {
    const [first, second] = [
      await asCoordinator('samtidig'),
      await signInAs(site, { role: 'administrator', networkKey: 'samtidig' }),
    ];
    const path = await reachPreview(first, 'samtidig', smallFrame(['x1;A;Asker;Kultur;Liten;;']));
    expect((await second.get(`${path}/se`)).status).toBe(404);
    const tomorrow = { ...site.context, now: () => new Date(Date.now() + 25 * 3_600_000) };
    await forgetFrameImports(tomorrow);
    expect((await first.get(`${path}/se`)).status).toBe(404);
    expect(await count('frame_import')).toBe(0);
  });

  test('a wave that has opened takes no file', async () => {
    await createDraftWave(site.context, 'apnet-ramme');
    const agent = await asCoordinator('apnet-ramme');
    const path = await reachPreview(agent, 'apnet-ramme', smallFrame(['x1;A;Asker;Kultur;Liten;;']));
    const fields = readFields((await agent.get(`${path}/se`)).text, `${path}/bekreft`);
    await openWave(site.context, operator, { waveKey: 'apnet-ramme' });
    expect((await postForm(agent as never, `${path}/bekreft`, fields)).status).toBe(409);
    expect((await agent.get('/runder/apnet-ramme/ramme/import')).status).toBe(409);
  });
});

describe('an organisation contact', () => {
  test('imports rows of the own organisation only, and leaves the others alone', async () => {
    await createDraftWave(site.context, 'kontakt', { units: 5 });
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'kontakt',
      organisationKey: 'asker',
    });
    const file = smallFrame([
      'ny;Bibliotek;Asker;Kultur;Liten;Kari;kari@example.org',
      'oslo-9;Museum;Oslo;Kultur;Liten;Ola;ola@example.org',
      'oslo-1;Museum;Asker;Kultur;Liten;Ola;ola@example.org',
    ]);
    const path = await reachPreview(contact, 'kontakt', file);
    const { text } = await contact.get(`${path}/se`);
    expect(text).toContain('«Oslo» er ingen organisasjon som du kan føre opp');
    expect(text).toContain('Nøkkelen «oslo-1» er i bruk');
    await confirm(contact, path, { leave_out: '1' });
    const left = await database
      .db()
      .raw<{ rows: { key: string }[] }>(
        "SELECT unit.key FROM unit JOIN wave ON wave.id = unit.wave_id WHERE wave.key = 'kontakt' ORDER BY 1",
      );
    expect(left.rows.map(({ key }) => key)).toEqual(['ny', 'oslo-0', 'oslo-1', 'oslo-2', 'oslo-3', 'oslo-4']);
  });
});
