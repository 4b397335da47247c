import type { Express } from 'express';
import request from 'supertest';
import { z } from 'zod';
import type { Role } from '../../src/domain/permissions';
import { languages } from '../../src/domain/languages';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs } from '../support/results-network';

const database = withDatabase();
const networks = ['apent', 'lukket'] as const;
const organisations = ['', 'asker', 'drammen', 'viken'] as const;
const people: Readonly<Record<string, { role: Role; networkKey: string; organisationKey?: string }>> = {
  asker: { role: 'organisation_contact', networkKey: 'lukket', organisationKey: 'asker' },
  drammen: { role: 'organisation_contact', networkKey: 'lukket', organisationKey: 'drammen' },
  'asker in the open network': { role: 'organisation_contact', networkKey: 'apent', organisationKey: 'asker' },
  researcher: { role: 'researcher', networkKey: 'lukket' },
  coordinator: { role: 'coordinator', networkKey: 'lukket' },
  'other coordinator': { role: 'coordinator', networkKey: 'apent' },
  administrator: { role: 'administrator', networkKey: 'lukket' },
};

/** Keeps drawn pages, as in production. */
let keeping: RespondentApp;
/** Draws every page anew. */
let drawing: RespondentApp;
const cookies = new Map<string, string>([['nobody', '']]);

beforeAll(async () => {
  keeping = await createRespondentApp(database.db());
  drawing = await createRespondentApp(database.db(), { NODE_ENV: 'development' });
  await createResultsNetwork(keeping.context, 'apent', { isOpen: true });
  await createResultsNetwork(keeping.context, 'lukket', { isOpen: false });
  for (const [name, person] of Object.entries(people)) cookies.set(name, await signIn(person));
});

async function signIn(person: { role: Role; networkKey: string; organisationKey?: string }): Promise<string> {
  const agent = await signInAs(keeping, person);
  const { headers } = await agent.get('/nettverk').expect(200);
  const [cookie] = z.array(z.string()).parse(headers['set-cookie']);
  return cookie?.split(';')[0] ?? '';
}

function get(app: Express, who: string, path: string): request.Test {
  return request(app)
    .get(path)
    .set('Cookie', cookies.get(who) ?? '');
}

function pathOf(network: string, organisation = ''): string {
  return `/runder/${network}/sammenligning${organisation === '' ? '' : `?organisasjon=${organisation}`}`;
}

describe('a kept comparison page', () => {
  const cells = networks.flatMap((network) =>
    organisations.flatMap((organisation) =>
      [...Object.keys(people), 'nobody'].map((who) => ({ network, organisation, who })),
    ),
  );

  beforeAll(async () => {
    for (const { network, organisation, who } of cells) await get(keeping.app, who, pathOf(network, organisation));
  });

  test.each(cells)(
    '$who gets what is theirs of "$organisation" in $network',
    async ({ network, organisation, who }) => {
      const path = pathOf(network, organisation);
      const kept = await get(keeping.app, who, path);
      const drawn = await get(drawing.app, who, path);
      expect(kept.status).toBe(drawn.status);
      // An error page carries a number of its own only when the program is at fault, which it is not here.
      expect(kept.text).toBe(drawn.text);
    },
  );

  test('the cells hold pages, other pages and refusals', async () => {
    const statuses = new Map<number, number>();
    for (const { network, organisation, who } of cells) {
      const { status } = await get(keeping.app, who, pathOf(network, organisation));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()].sort()).toEqual([200, 401, 404]);
    const own = await get(keeping.app, 'asker', pathOf('lukket', 'asker'));
    expect(own.text).not.toContain('value="drammen"');
    expect((await get(keeping.app, 'coordinator', pathOf('lukket', 'asker'))).text).toContain('value="drammen"');
  });

  test('names only its reader and carries only the key of their forms', async () => {
    const [first, second] = [
      await get(keeping.app, 'coordinator', pathOf('lukket', 'asker')),
      await get(keeping.app, 'researcher', pathOf('lukket', 'asker')),
    ].map(({ text }) => text);
    const keyOf = (text = ''): string => /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(keyOf(first)).toMatch(/^[0-9a-f]{32,}$/);
    expect(second).not.toContain(keyOf(first));
    expect(first).toContain('coordinator i lukket');
    expect(second).not.toContain('coordinator i lukket');
    expect(first?.split('<main')[1]).toBe(second?.split('<main')[1]);
  });

  test.each(languages)('comes in %s to those who ask for it', async (language) => {
    const path = `${pathOf('lukket', 'asker')}&lang=${language}`;
    const kept = await get(keeping.app, 'coordinator', path);
    expect(kept.text).toContain(`<html lang="${language}"`);
    expect(kept.text).toBe((await get(drawing.app, 'coordinator', path)).text);
  });

  test.each(['gzip', 'br', 'identity', 'gzip;q=0, br', 'gzip;q=0, identity'])(
    'is the same page as %s',
    async (accepted) => {
      const path = pathOf('lukket', 'asker');
      const reply = await get(keeping.app, 'coordinator', path).set('Accept-Encoding', accepted);
      expect(reply.headers['content-encoding'] ?? 'identity').toBe(accepted.split(', ').at(-1));
      expect(reply.headers['vary']).toContain('Accept-Encoding');
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(reply.headers['cache-control']).toBe('no-store');
      expect(reply.text).toBe((await get(drawing.app, 'coordinator', path)).text);
    },
  );

  test('is drawn once for many who ask at the same time', async () => {
    const path = `${pathOf('lukket', 'asker')}&inndeling=sektor`;
    const replies = await Promise.all(Array.from({ length: 12 }, () => get(keeping.app, 'coordinator', path)));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });
});

describe('a kept comparison page gives way', () => {
  const path = pathOf('lukket', 'asker');

  async function expectChange(change: string, values: Readonly<Record<string, string>>): Promise<string> {
    const before = await get(keeping.app, 'coordinator', path);
    await database.db().raw(change, values);
    const after = await get(keeping.app, 'coordinator', path);
    expect(after.text).not.toBe(before.text);
    expect(after.text).toBe((await get(drawing.app, 'coordinator', path)).text);
    return after.text;
  }

  test('to a new name of an organisation', async () => {
    const text = await expectChange('UPDATE organisation SET name = :name WHERE key = :key', {
      name: 'Nye Lier',
      key: 'lier',
    });
    expect(text).toContain('Nye Lier');
  });

  test('to a new name of the network', async () => {
    const text = await expectChange('UPDATE network SET name = :name WHERE key = :key', {
      name: 'Nytt navn',
      key: 'lukket',
    });
    expect(text).toContain('Nytt navn');
  });

  test('to a correction, which is a new release', async () => {
    const text = await expectChange(
      `INSERT INTO release (wave_id, number, reason, released_at, policy, lattice, participation, policy_sha256, lattice_sha256,
                            input_sha256, instrument_sha256, baselines_sha256, software_version)
       SELECT wave_id, number + 1, 'Rettet', released_at, policy, lattice, participation, policy_sha256, lattice_sha256,
              input_sha256, instrument_sha256, baselines_sha256, :version
         FROM release WHERE wave_id = (SELECT id FROM wave WHERE key = :key)`,
      { key: 'lukket', version: '9.9.9' },
    );
    expect(text).toContain('9.9.9');
  });

  test('to nobody whose role has been taken away', async () => {
    expect((await get(keeping.app, 'drammen', pathOf('lukket', 'drammen'))).status).toBe(200);
    await database.db().raw(
      `DELETE FROM role_grant WHERE role = 'organisation_contact'
          AND organisation_id = (SELECT id FROM organisation WHERE key = 'drammen')`,
    );
    expect((await get(keeping.app, 'drammen', pathOf('lukket', 'drammen'))).status).toBe(404);
  });
});

describe('reading pages', () => {
  test('gives a session more time at most once in ten minutes', async () => {
    const agent = await signInAs(keeping, { role: 'researcher', networkKey: 'apent' });
    const askAfterAnHour = async (path: string): Promise<number> => {
      await database.db().raw(`UPDATE session SET expire = expire - interval '1 hour'`);
      await agent.get(path).expect(200);
      const { rows } = await database
        .db()
        .raw<{ rows: { hours: number }[] }>(
          `SELECT max(round(extract(epoch FROM expire - localtimestamp) / 3600))::int AS hours FROM session`,
        );
      return rows[0]?.hours ?? 0;
    };
    expect(await askAfterAnHour(pathOf('apent'))).toBe(2);
    expect(await askAfterAnHour('/nettverk')).toBe(1);
  });
});
