import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importRegister } from '../../src/usecases/administrator/import-register';
import { withDatabase } from '../support/database';
import { catchFault, createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;
const people = new Map<string, Agent>();

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createDraftWave(site.context, 'nett');
  await createNetwork(site.context, operator, { key: 'andre', name: 'Hemmelig nettverk', isOpen: false });
  const contact = { role: 'organisation_contact', networkKey: 'nett', organisationKey: 'asker' } as const;
  people.set('anonymous', request.agent(site.app));
  people.set('contact', await signInAs(site, contact));
  people.set('researcher', await signInAs(site, { role: 'researcher', networkKey: 'nett' }));
  people.set('coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'nett' }));
  people.set('other coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'andre' }));
  people.set('administrator', await signInAs(site, { role: 'administrator', networkKey: 'nett' }));
});

function as(who: string): Agent {
  const agent = people.get(who);
  if (agent === undefined) throw new RangeError(who);
  return agent;
}

async function post(who: string, path: string, fields: Record<string, string>) {
  const page = await as(who).get('/nettverk');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  return as(who)
    .post(path)
    .type('form')
    .send({ _csrf: token, ...fields });
}

async function selectRows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql)).rows;
}

const everyone = ['anonymous', 'contact', 'researcher', 'coordinator', 'other coordinator', 'administrator'];

describe.each([
  ['/administrasjon/organisasjoner', [401, 403, 403, 403, 403, 200]],
  ['/administrasjon/organisasjoner/ny', [401, 403, 403, 403, 403, 200]],
  ['/administrasjon/organisasjoner/asker', [401, 403, 403, 403, 403, 200]],
  ['/administrasjon/organisasjoner/asker/endre', [401, 403, 403, 403, 403, 200]],
  ['/administrasjon/organisasjoner/finnes-ikke', [401, 403, 403, 403, 403, 404]],
  ['/administrasjon/nettverk', [401, 403, 403, 403, 403, 200]],
  ['/administrasjon/nettverk/nytt', [401, 403, 403, 403, 403, 200]],
  ['/nettverk/nett', [401, 403, 403, 200, 404, 200]],
  ['/nettverk/nett/innstillinger', [401, 403, 403, 200, 404, 200]],
  ['/nettverk/finnes-ikke', [401, 404, 404, 404, 404, 404]],
])('GET %s', (path, statuses) => {
  test.each(everyone.map((who, index) => [who, statuses[index] ?? 0] as const))('%s gets %i', async (who, status) => {
    expect((await as(who).get(path)).status).toBe(status);
  });
});

describe.each([
  ['/administrasjon/organisasjoner/ny', [401, 403, 403, 403, 403, 422]],
  ['/administrasjon/organisasjoner/asker/endre', [401, 403, 403, 403, 403, 422]],
  ['/administrasjon/organisasjoner/asker/opplysninger', [401, 403, 403, 403, 403, 422]],
  ['/administrasjon/nettverk/nytt', [401, 403, 403, 403, 403, 422]],
  ['/nettverk/nett/innstillinger', [401, 403, 403, 422, 404, 422]],
  ['/nettverk/nett/medlemmer', [401, 403, 403, 422, 404, 422]],
  ['/nettverk/nett/medlemmer/finnes-ikke/fjern', [401, 403, 403, 404, 404, 404]],
])('POST %s, with nothing filled in', (path, statuses) => {
  test.each(everyone.map((who, index) => [who, statuses[index] ?? 0] as const))('%s gets %i', async (who, status) => {
    expect((await post(who, path, {})).status).toBe(status);
  });
});

test('a network of others looks exactly like one that is not there', async () => {
  const strip = (text: string): string =>
    text.replaceAll(/finnes-ikke|andre/g, 'x').replaceAll(/value="[0-9a-f]{64,}"/g, '');
  const other = await as('coordinator').get('/nettverk/andre');
  const missing = await as('coordinator').get('/nettverk/finnes-ikke');
  expect(strip(other.text)).toBe(strip(missing.text));
});

describe('an organisation', () => {
  const sound = { name: 'Lier kommune', key: 'lier', orgnr: '857 566 122', kind: 'municipality', regionCode: '3312' };

  test('is added, found and changed by an administrator, each with an audit event', async () => {
    const added = await post('administrator', '/administrasjon/organisasjoner/ny', sound);
    expect([added.status, added.headers['location']]).toEqual([303, '/administrasjon/organisasjoner/lier']);
    const found = await as('administrator').get('/administrasjon/organisasjoner?sok=LIER');
    expect(found.text).toContain('href="/administrasjon/organisasjoner/lier"');
    expect(found.text).not.toContain('href="/administrasjon/organisasjoner/asker"');
    for (const search of ['857566122', '3312']) {
      expect((await as('administrator').get(`/administrasjon/organisasjoner?sok=${search}`)).text).toContain(
        'Lier kommune',
      );
    }
    const path = '/administrasjon/organisasjoner/lier/endre';
    expect((await post('administrator', path, { ...sound, name: 'Lier' })).status).toBe(303);
    expect(
      await selectRows(
        `SELECT action, detail ->> 'orgnr' AS orgnr FROM audit_event WHERE subject = 'lier' ORDER BY id`,
      ),
    ).toEqual([
      { action: 'added organisation', orgnr: '857566122' },
      { action: 'edited organisation', orgnr: '857566122' },
    ]);
  });

  test('shows a fault at every field and keeps what was written', async () => {
    const faulty = { name: '', key: 'Store Bokstaver', orgnr: '857566123', kind: 'county', regionCode: '3312' };
    const { status, text } = await post('administrator', '/administrasjon/organisasjoner/ny', faulty);
    expect(status).toBe(422);
    for (const field of ['name', 'key', 'orgnr', 'regionCode']) expect(text).toContain(`id="${field}-fault"`);
    expect(text).toContain('value="857566123"');
    const taken = await post('administrator', '/administrasjon/organisasjoner/ny', { ...sound, key: 'asker' });
    expect(taken.text).toContain('Nøkkelen er brukt av Asker.');
    expect(taken.text).toContain('Nummeret er registrert på Lier.');
  });

  test('has facts with year and source; the same kind and year is replaced', async () => {
    const path = '/administrasjon/organisasjoner/asker/opplysninger';
    const fact = { factKind: 'population', value: '1 000', year: '2024', source: 'Oppdiktet, til prøve' };
    expect((await post('administrator', path, fact)).status).toBe(303);
    expect((await post('administrator', path, { ...fact, value: '2 345' })).status).toBe(303);
    const { text } = await as('administrator').get('/administrasjon/organisasjoner/asker');
    expect(text).toContain('Folketall 2024');
    expect(text).toContain('Kilde: Oppdiktet, til prøve');
    expect(await selectRows('SELECT value FROM organisation_fact')).toEqual([{ value: '2345' }]);
    const faulty = await post('administrator', path, {
      factKind: 'population',
      value: 'mange',
      year: '2999',
      source: '',
    });
    for (const field of ['value', 'year', 'source']) expect(faulty.text).toContain(`id="${field}-fault"`);
  });

  test('tells its codes over time and the merger in words, and refuses a code that has ended', async () => {
    const codes = [
      'code,name,validFromInRequestedRange,validToInRequestedRange',
      '0220,Asker,1977-01-01,2020-01-01',
      '0627,Røyken,1977-01-01,2020-01-01',
      '0628,Hurum,1977-01-01,2020-01-01',
      '3025,Asker,2020-01-01,2024-01-01',
      '3203,Asker,2024-01-01,',
    ].join('\n');
    const changes = [
      'oldCode,oldName,newCode,newName,changeOccurred',
      '0220,Asker,3025,Asker,2020-01-01',
      '0627,Røyken,3025,Asker,2020-01-01',
      '0628,Hurum,3025,Asker,2020-01-01',
      '3025,Asker,3203,Asker,2024-01-01',
    ].join('\n');
    const files = [codes, changes].map((text) => ({
      name: 'x.csv',
      bytes: Buffer.from(text),
      language: 'nb' as const,
    }));
    const wanted = { kind: 'regions', classification: 'municipality', date: '2026-11-22' } as const;
    await importRegister(site.context, operator, { files, request: wanted, isTrial: false });
    const asker = { name: 'Asker', orgnr: '920125298', kind: 'municipality' };
    const path = '/administrasjon/organisasjoner/asker/endre';
    const ended = await post('administrator', path, { ...asker, regionCode: '0220' });
    expect(ended.status).toBe(422);
    expect(ended.text).toContain('0220 gikk ut 2020-01-01. Området er nå 3203 Asker.');
    expect((await post('administrator', path, { ...asker, regionCode: '9998' })).text).toContain(
      '9998 er ikke et nummer i Klass',
    );
    const earlier = { ...asker, regionCode: '3025', regionCodeOn: '2022-06-01' };
    expect((await post('administrator', path, earlier)).status).toBe(303);
    const { text } = await as('administrator').get('/administrasjon/organisasjoner/asker');
    expect(text).toContain('Asker (0220), Røyken (0627) og Hurum (0628) ble slått sammen til Asker (3025).');
    expect(text).toContain('Asker (3025) fikk nytt nummer: Asker (3203).');
    expect(text).toContain('1. januar 2020 til 31. desember 2023');
    expect(text).toContain('Fra 1. januar 2024');
    expect(text).toContain('href="/runder/nett"');
  });
});

describe('a network', () => {
  const limits = { minimumOrganisations: '3', minimumWorkplaces: '3', insiders: '1', minimumRelevantDifference: '5' };

  test('is created by an administrator with what is agreed, and faults stand at their fields', async () => {
    const form = {
      key: 'nytt',
      name: 'Nytt nettverk',
      openness: 'open',
      minimumCellSize: '10',
      releaseNeedsTwo: '1',
      ...limits,
    };
    const created = await post('administrator', '/administrasjon/nettverk/nytt', form);
    expect([created.status, created.headers['location']]).toEqual([303, '/nettverk/nytt']);
    expect(
      await selectRows(`SELECT is_open, release_needs_two, minimum_cell_size FROM network WHERE key = 'nytt'`),
    ).toEqual([{ is_open: true, release_needs_two: true, minimum_cell_size: 10 }]);
    const again = await post('administrator', '/administrasjon/nettverk/nytt', {
      ...form,
      minimumCellSize: '4',
      contactEmail: 'x',
      insiders: '0',
      minimumWorkplaces: '2',
      minimumRelevantDifference: 'fem',
    });
    expect(again.status).toBe(422);
    const faulty = [
      'key',
      'minimumCellSize',
      'contactEmail',
      'insiders',
      'minimumWorkplaces',
      'minimumRelevantDifference',
    ];
    for (const field of faulty) expect(again.text).toContain(`id="${field}-fault"`);
    expect(again.text).toContain('Skriv et helt tall fra 1 til 5.');
    expect(again.text).toMatch(/<details[^>]* open>/);
  });

  test('lets new waves show nothing below what is agreed, and leaves waves that exist as they are', async () => {
    const before = await selectRows(`SELECT policy FROM wave WHERE key = 'nett'`);
    const form = {
      name: 'Nett',
      openness: 'closed',
      minimumCellSize: '12',
      contactName: 'Kari',
      contactEmail: 'kari@example.org',
      ...limits,
      minimumWorkplaces: '5',
      minimumRelevantDifference: '8',
      conservativeIntervals: '1',
    };
    expect((await post('coordinator', '/nettverk/nett/innstillinger', form)).status).toBe(303);
    expect((await as('coordinator').get('/nettverk/nett/innstillinger?lagret=1')).text).toContain(
      'Innstillingene er lagret.',
    );
    expect(await selectRows(`SELECT policy FROM wave WHERE key = 'nett'`)).toEqual(before);
    const wave = { key: 'neste', networkKey: 'nett', instrument: 'example/1', period: '2027' };
    const fault = await catchFault(createWave(site.context, operator, { ...wave, minimumCellSize: 11 }));
    expect([fault.code, fault.details.values]).toEqual(['policy_floor', { floor: 12 }]);
    const { policy } = await createWave(site.context, operator, wave);
    expect(policy).toMatchObject({
      minimumCellSize: 12,
      isOpenNetwork: false,
      minimumOrganisations: 3,
      minimumWorkplaces: 5,
      insiders: 1,
      minimumRelevantDifference: 8,
      buildingBlocks: false,
      conservativeIntervals: true,
    });
    expect((await as('coordinator').get('/nettverk/nett/innstillinger')).text).toMatch(
      /<input[^>]*name="conservativeIntervals"[^>]* checked/,
    );
    expect(await selectRows(`SELECT count(*) AS count FROM audit_event WHERE action = 'edited network'`)).toEqual([
      { count: 1 },
    ]);
  });

  test('gets members by number or by a search among municipalities and counties', async () => {
    await post('administrator', '/administrasjon/organisasjoner/ny', {
      name: 'Privat AS',
      key: 'privat',
      orgnr: '971032146',
      kind: 'other',
    });
    const { text } = await as('coordinator').get('/nettverk/nett?sok=li');
    expect(text).toContain('Legg til Lier');
    expect((await as('coordinator').get('/nettverk/nett?sok=privat')).text).not.toContain('Legg til Privat AS');
    expect((await as('coordinator').get('/nettverk/nett?sok=asker')).text).toContain('Ingen andre kommuner');
    expect((await post('coordinator', '/nettverk/nett/medlemmer', { orgnr: '857 566 122' })).status).toBe(303);
    expect((await post('coordinator', '/nettverk/nett/medlemmer', { orgnr: '971032146' })).status).toBe(303);
    expect((await post('coordinator', '/nettverk/nett/medlemmer', { orgnr: '971032146' })).status).toBe(303);
    const unknown = await post('coordinator', '/nettverk/nett/medlemmer', { orgnr: '974760673' });
    expect([unknown.status, unknown.text.includes('Be administratoren')]).toEqual([422, true]);
    expect(await selectRows(`SELECT subject FROM audit_event WHERE action = 'added member' ORDER BY id`)).toEqual([
      { subject: 'lier' },
      { subject: 'privat' },
    ]);
  });

  test('keeps a member whose workplaces are in a wave that is prepared or open; afterwards the earlier wave stays', async () => {
    const remove = () => post('coordinator', '/nettverk/nett/medlemmer/asker/fjern', {});
    const drafted = await remove();
    expect([drafted.status, drafted.text.includes('under forberedelse')]).toEqual([409, true]);
    await openWave(site.context, operator, { waveKey: 'nett' });
    const opened = await remove();
    expect([opened.status, opened.text.includes('som er åpen')]).toEqual([409, true]);
    await closeWave(site.context, operator, { waveKey: 'nett' });
    const strata = await selectRows(`SELECT code, organisation_id, respondent_count FROM stratum ORDER BY code`);
    expect((await remove()).status).toBe(303);
    expect(await selectRows(`SELECT code, organisation_id, respondent_count FROM stratum ORDER BY code`)).toEqual(
      strata,
    );
    expect((await as('contact').get('/runder/nett')).status).toBe(404);
    expect(await selectRows(`SELECT subject, detail FROM audit_event WHERE action = 'removed member'`)).toEqual([
      { subject: 'asker', detail: { contacts: 1 } },
    ]);
    expect((await as('administrator').get('/administrasjon/organisasjoner/asker')).text).toContain(
      'href="/runder/nett"',
    );
  });
});
