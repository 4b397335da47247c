import request from 'supertest';
import { nameConstraintFaults } from '../../src/db/constraint-faults';
import { selectOptionalWavePeers } from '../../src/db/wave-peers';
import { selectOptionalWave } from '../../src/db/waves';
import { operator } from '../../src/domain/permissions';
import { comparisonsAnswerSchema, type ComparisonsAnswer } from '../../src/formats/api/comparisons-answer';
import { estimatesAnswerSchema } from '../../src/formats/api/estimates-answer';
import { recordFact } from '../../src/usecases/administrator/record-fact';
import { choosePeers } from '../../src/usecases/coordinator/choose-peers';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { readComparisons } from '../../src/usecases/researcher/read-comparisons';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { importedOrganisations } from '../support/closed-wave';
import { withDatabase } from '../support/database';
import { catchFault, createDraftWave, csvFile, listFaults } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { readRows } from '../support/results-page';
import { postAs } from '../support/wave-setup';

const database = withDatabase();
let site: RespondentApp;

const neighbours = { name: 'Naboer', members: ['asker', 'lier', 'viken'] };
const byKind = { bases: ['kind'], groups: [] };

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

function coordinator(networkKey: string): Promise<Agent> {
  return signInAs(site, { role: 'coordinator', networkKey });
}

async function readPeersOf(waveKey: string) {
  const wave = (await selectOptionalWave(site.context.db, waveKey))!;
  return selectOptionalWavePeers(site.context.db, wave.id);
}

describe('choosing peer groups', () => {
  beforeAll(async () => {
    await createDraftWave(site.context, 'valg');
    const lines = importedOrganisations.map(({ key, name, orgnr, kind }) => [key, name, orgnr, kind].join(','));
    const file = csvFile(['key,name,orgnr,kind', ...lines].join('\n'));
    await importOrganisations(site.context, operator, { networkKey: 'valg', file });
  });

  test('the page tells which groups there would be, and why some are not used', async () => {
    const { text } = await (await coordinator('valg')).get('/runder/valg/grupper');
    expect(text).toContain('Kommuner (4): Asker, Drammen, Lier og Oslo');
    expect(text).toContain('Fylkeskommuner (1): Viken');
    expect(text).toContain('For få: brukes ikke');
    expect(text).toContain('Registeret har ingen opplysninger');
    expect(text).toContain('En gruppe trenger minst 3 medlemmer.');
  });

  test('a group chosen by hand that would never be shown is refused beside its name', async () => {
    const agent = await coordinator('valg');
    const post = (fields: Readonly<Record<string, string | readonly string[]>>) =>
      postAs(agent, '/runder/valg/grupper', fields);
    const refused = await post({ name1: 'Naboer', members1: ['asker', 'lier'], name2: '', members2: ['asker'] });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Skriv et navn på høyst 60 tegn.');
    const few = await post({ name1: 'Naboer', members1: ['asker', 'lier'] });
    expect([few.status, few.text.includes('«Naboer» må ha minst 3 medlemmer.')]).toEqual([422, true]);
    expect(few.text).toContain('value="lier" checked');
    const whole = await post({ name1: 'Alle', members1: ['asker', 'drammen', 'lier', 'oslo', 'viken'] });
    expect(whole.text).toContain('«Alle» er hele nettverket.');
    const same = await post({ bases: 'kind', name1: 'Like', members1: ['asker', 'drammen', 'lier', 'oslo'] });
    expect(same.text).toContain('«Like» har de samme medlemmene som en annen gruppe.');
    const strange = await post({ bases: 'astrology', name1: 'X', members1: ['asker', 'bergen', 'lier'] });
    expect(strange.text).toContain('Deltar ikke i runden: bergen.');
    expect(await readPeersOf('valg')).toBeNull();
  });

  test('what is chosen is kept, and shown again', async () => {
    const agent = await coordinator('valg');
    const { name, members } = neighbours;
    const made = await postAs(agent, '/runder/valg/grupper', { bases: ['kind'], name2: name, members2: members });
    expect([made.status, made.headers['location']]).toEqual([303, '/runder/valg/grupper?lagret=1']);
    expect(await readPeersOf('valg')).toEqual({ choice: { bases: ['kind'], groups: [neighbours] }, groups: null });
    const { text } = await agent.get('/runder/valg/grupper?lagret=1');
    expect(text).toContain('Gruppene er lagret.');
    expect(text).toContain('name="name1" value="Naboer"');
    expect(text).toContain('name="bases" value="kind" checked');
    expect((await agent.get('/runder/valg')).text).toContain('Grupper som ikke kan brukes: Fylkeskommuner');
  });

  test('facts of the register make groups, of the year that most have', async () => {
    for (const [organisationKey, year, value] of [
      ['asker', '2026', '98000'],
      ['drammen', '2026', '104000'],
      ['oslo', '2026', '717000'],
      ['lier', '2026', '28000'],
      ['lier', '2025', '27500'],
    ] as const) {
      const fact = { factKind: 'population', year, value, source: 'Statistisk sentralbyrå, tabell 07459' };
      await recordFact(site.context, operator, { key: organisationKey, ...fact });
    }
    const { judged } = await choosePeers(site.context, operator, {
      waveKey: 'valg',
      form: { bases: ['population'], groups: [] },
    });
    expect(judged.map(({ group, verdict }) => [group.code, group.year, group.members.join(), verdict])).toEqual([
      ['population-20000-49999', 2026, 'lier', 'too_few'],
      ['population-from-50000', 2026, 'asker,drammen,oslo', 'used'],
    ]);
  });

  test('a file names groups, a row for every member, and its faults are told by line', async () => {
    const choose = (...lines: readonly string[]) =>
      choosePeers(site.context, operator, {
        waveKey: 'valg',
        form: { bases: [], groups: [] },
        file: csvFile(['group,organisation', ...lines].join('\n')),
      });
    const { judged } = await choose(
      'Naboer,asker',
      'Byer,oslo',
      'Naboer,lier',
      'Byer,drammen',
      'Naboer,viken',
      'Byer,asker',
    );
    expect(judged.map(({ group }) => [group.code, group.value, group.members.join()])).toEqual([
      ['chosen-1', 'Naboer', 'asker,lier,viken'],
      ['chosen-2', 'Byer', 'asker,drammen,oslo'],
    ]);
    expect(await listFaults(choose('Naboer,asker', ',lier'))).toEqual([
      '3:group: The text has 0 characters; expected 1 to 60.',
    ]);
    expect((await catchFault(choose('Naboer,asker', 'Naboer,lier'))).details.fields).toMatchObject([
      { field: 'name1', key: 'peers.fault.too_few', values: { name: 'Naboer', fewest: 3 } },
    ]);
    expect((await readPeersOf('valg'))?.choice.groups).toHaveLength(2);
  });

  test('is for those who run the wave', async () => {
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'valg',
      organisationKey: 'asker',
    });
    expect((await postAs(contact, '/runder/valg/grupper', { bases: 'kind' })).status).toBe(403);
    expect((await postAs(contact, '/runder/finnes-ikke/grupper', { bases: 'kind' })).status).toBe(404);
  });
});

describe('opening fixes peer groups', () => {
  beforeAll(async () => {
    await createDraftWave(site.context, 'last');
    const lines = importedOrganisations.map(({ key, name, orgnr, kind }) => [key, name, orgnr, kind].join(','));
    const file = csvFile(['key,name,orgnr,kind', ...lines].join('\n'));
    await importOrganisations(site.context, operator, { networkKey: 'last', file });
    await choosePeers(site.context, operator, { waveKey: 'last', form: byKind });
    await openWave(site.context, operator, { waveKey: 'last' });
  });

  test('to the organisations of the frame: with two of them there is none left to use', async () => {
    expect(await readPeersOf('last')).toEqual({ choice: { bases: ['kind'], groups: [] }, groups: [] });
  });

  test.each([
    "UPDATE wave_peers SET choice = '{}'",
    "UPDATE wave_peers SET groups = '[]'",
    'DELETE FROM wave_peers',
    "INSERT INTO wave_peers SELECT id, '{}', '[]' FROM wave WHERE key = 'last' ON CONFLICT (wave_id) DO UPDATE SET groups = NULL",
    "UPDATE wave_peers SET wave_id = (SELECT id FROM wave WHERE key = 'valg') WHERE wave_id = (SELECT id FROM wave WHERE key = 'last')",
  ])('the database refuses %s', async (sql) => {
    const work = database.db().transaction((transaction) => transaction.raw(sql));
    expect((await catchFault(nameConstraintFaults({}, () => work))).code).toBe('wave_fixed');
  });

  test('the use case, its page and its command refuse too', async () => {
    const refusal = choosePeers(site.context, operator, { waveKey: 'last', form: byKind });
    expect((await catchFault(refusal)).code).toBe('wave_state');
    const agent = await coordinator('last');
    expect((await postAs(agent, '/runder/last/grupper', { bases: 'kind' })).status).toBe(409);
    expect((await agent.get('/runder/last/grupper')).text).not.toContain('action="/runder/last/grupper"');
  });
});

describe('a released wave with peer groups', () => {
  beforeAll(async () => {
    const peers = { bases: ['kind'], groups: [neighbours] };
    await createResultsNetwork(site.context, 'like', { peers });
    await createResultsNetwork(site.context, 'ulike');
    await createResultsNetwork(site.context, 'stengt', { isOpen: false, isReleased: false, peers: byKind });
    await releaseWave(site.context, operator, { waveKey: 'stengt' });
  });

  test('has figures of every group, as the mask allows', async () => {
    const records = await readEstimates(site.context, operator, { waveKey: 'like', precision: 'full' });
    const find = (group: string) => records.find((one) => one.group === group && one.option === 'yes')!;
    // Viken is in no total, having four answers: the municipalities are the network.
    expect(find('peers=municipality')).toMatchObject({ n: 126, share: find('network').share, suppressed: false });
    // Asker and Lier, without Viken: 33 and 44 answers.
    expect(find('peers=chosen-1')).toMatchObject({ n: 77, suppressed: false });
  });

  test('compares organisations with the others in their groups, each group a family', async () => {
    const records = await readComparisons(site.context, operator, { waveKey: 'like', precision: 'full' });
    const find = (kind: string, group: string, comparator?: string) =>
      records.find(
        (one) =>
          one.kind === kind &&
          one.group === group &&
          one.option === 'yes' &&
          comparator === (comparator && one.comparator),
      )!;
    const peers = find('peers', 'organisation=asker', 'peers=municipality;rest=asker');
    const rest = find('rest', 'organisation=asker');
    expect(peers).toMatchObject({ difference: rest.difference, p: rest.p, comparator_n: 93, verdict: rest.verdict });
    expect(find('peers', 'organisation=asker', 'peers=chosen-1;rest=asker')).toMatchObject({ comparator_n: 44 });
    expect(find('peers', 'organisation=drammen', 'peers=chosen-1;rest=drammen')).toBeUndefined();
    expect(records.filter(({ kind, group }) => kind === 'peers' && group.includes(';'))).toEqual([]);
  });

  test('shows them on the page, in its file, and names the members', async () => {
    const agent = await coordinator('like');
    const query = 'organisasjon=asker&tema=tools&mot=gruppe-chosen-1';
    const { text } = await agent.get(`/runder/like/sammenligning?${query}`);
    expect(text).toContain('De andre i «Naboer»');
    expect(text).toContain(
      '2 organisasjoner: Lier og Viken. Gruppen ble bestemt før runden åpnet (valgt av nettverket).',
    );
    expect(text).toContain('<option value="gruppe-municipality">Kommuner</option>');
    expect(text).toContain('<option value="gruppe-chosen-1" selected>Naboer</option>');
    expect(readRows(text).length).toBeGreaterThan(0);
    const file = await agent.get(`/runder/like/sammenligning.csv?${query}`);
    expect(file.text).toContain('peers=chosen-1;rest=asker');
    const sector = await agent.get(`/runder/like/sammenligning?${query}&gruppe=education`);
    expect(sector.text).toContain('bare for hele organisasjonen');
    const all = await agent.get('/runder/like/tall.csv');
    expect(all.text).toMatch(/peers=municipality,Kommuner,Asker; Drammen; Lier,/);
    expect(all.text).toMatch(/peers=chosen-1;rest=asker,"Naboer, uten Asker",Lier,/);
    const method = await agent.get('/runder/like/metode');
    expect(method.text).toContain('Naboer (valgt av nettverket): Asker, Lier og Viken');
  });

  test('an organisation outside the group is compared with the rest; a group that is not there does not exist', async () => {
    const agent = await coordinator('like');
    const outside = await agent.get('/runder/like/sammenligning?organisasjon=drammen&mot=gruppe-chosen-1');
    expect([outside.status, outside.text.includes('<option value="resten" selected>')]).toEqual([200, true]);
    expect(outside.text).not.toContain('value="gruppe-chosen-1"');
    expect((await agent.get('/runder/like/sammenligning?mot=gruppe-finnes-ikke')).status).toBe(404);
  });

  test('tells programs of the groups, their year and members', async () => {
    const agent = await coordinator('like');
    const found = await agent.get('/api/v1/waves/like/comparisons?comparator=peers');
    const answer: ComparisonsAnswer = comparisonsAnswerSchema.parse(found.body);
    expect(answer.peerGroups).toEqual([
      { code: 'municipality', basis: 'kind', value: 'municipality', year: null, members: ['asker', 'drammen', 'lier'] },
      { code: 'chosen-1', basis: 'chosen', value: 'Naboer', year: null, members: ['asker', 'lier', 'viken'] },
    ]);
    expect(new Set(answer.comparisons.map(({ kind }) => kind))).toEqual(new Set(['peers']));
    const estimates = estimatesAnswerSchema.parse((await agent.get('/api/v1/waves/like/estimates')).body);
    expect(estimates.groups).toContainEqual({
      key: 'peers=chosen-1',
      organisation: null,
      sector: null,
      size: null,
      peers: 'chosen-1',
    });
  });

  test('says nothing of peer groups where none were chosen', async () => {
    const agent = await coordinator('ulike');
    const answers = await Promise.all(
      ['/api/v1/waves/ulike/estimates', '/api/v1/waves/ulike/comparisons', '/runder/ulike/tall.csv'].map((path) =>
        agent.get(path),
      ),
    );
    for (const { text } of answers) expect(text).not.toContain('peer');
    const sql = "SELECT lattice FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = 'ulike'";
    const { rows } = await database.db().raw<{ rows: { lattice: object }[] }>(sql);
    expect(Object.keys(rows[0]!.lattice)).not.toContain('peers');
    expect((await agent.get('/runder/ulike/sammenligning')).text).not.toContain('gruppe-');
  });

  test('in a closed network a group of three is not declared', async () => {
    expect((await readPeersOf('stengt'))?.groups).toEqual([]);
    const anonymous = request(site.app);
    expect((await anonymous.get('/runder/stengt/sammenligning?mot=gruppe-municipality')).status).toBe(401);
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'stengt',
      organisationKey: 'lier',
    });
    expect((await contact.get('/runder/stengt/sammenligning?mot=gruppe-municipality')).status).toBe(404);
  });
});
