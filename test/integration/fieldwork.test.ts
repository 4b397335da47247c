import type { Context } from '../../src/context';
import { useSignInLink } from '../../src/db/sign-in-links';
import { nameConstraintFaults } from '../../src/db/constraint-faults';
import { selectOrCreateSecret } from '../../src/db/secrets';
import { hashToken } from '../../src/domain/fieldwork/tokens';
import { anonymous, operator, type Actor } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { inviteAdministrator } from '../../src/usecases/administrator/invite-administrator';
import { addInstrument } from '../../src/usecases/coordinator/add-instrument';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { importResponses } from '../../src/usecases/coordinator/import-responses';
import { listInstruments } from '../../src/usecases/coordinator/list-instruments';
import { listWaves } from '../../src/usecases/coordinator/list-waves';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import {
  catchFault,
  createDraftWave,
  createTestContext,
  csvFile,
  makeFrameCsv,
  organisationsCsv,
  readExample,
} from '../support/fieldwork';

const database = withDatabase();
let context: Context;
beforeAll(async () => {
  context = await createTestContext(database.db());
});

const refuse = async (sql: string) =>
  (
    await catchFault(
      nameConstraintFaults({ key: '', floor: 5 }, () =>
        database
          .db()
          .raw<unknown>(sql)
          .then(() => null),
      ),
    )
  ).code;
const readOne = async (sql: string) => (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql)).rows[0]!;

describe('networks and waves', () => {
  test('a key is used once and has one form', async () => {
    await createNetwork(context, operator, { key: 'keys', name: 'Keys', isOpen: true });
    const again = createNetwork(context, operator, { key: 'keys', name: 'Keys', isOpen: true });
    expect((await catchFault(again)).code).toBe('network_exists');
    const wrong = createNetwork(context, operator, { key: 'Æ', name: 'Keys', isOpen: true });
    expect((await catchFault(wrong)).code).toBe('key_invalid');
  });

  test('a wave has a known network and instrument, k of at least five, and dates that exist', async () => {
    await createDraftWave(context, 'rules');
    const wave = { key: 'other', networkKey: 'rules', instrument: 'example/1', period: '2026' };
    const code = async (change: object) =>
      (await catchFault(createWave(context, operator, { ...wave, ...change }))).code;
    expect(await code({ networkKey: 'none' })).toBe('network_unknown');
    expect(await code({ instrument: 'example/2' })).toBe('instrument_unknown');
    expect(await code({ minimumCellSize: 4 })).toBe('policy_floor');
    expect(await code({ minimumCellSize: 7.5 })).toBe('value_invalid');
    expect(await code({ period: '' })).toBe('value_invalid');
    expect(await code({ closesOn: '2026-02-30' })).toBe('value_invalid');
    expect(await code({ key: 'rules' })).toBe('wave_exists');
    expect(await code({ key: 'ÆØÅ' })).toBe('key_invalid');
  });

  test('states are passed one at a time', async () => {
    await createDraftWave(context, 'order');
    expect((await catchFault(closeWave(context, operator, { waveKey: 'order' }))).code).toBe('wave_state');
    await openWave(context, operator, { waveKey: 'order' });
    expect((await catchFault(openWave(context, operator, { waveKey: 'order' }))).code).toBe('wave_state');
    await closeWave(context, operator, { waveKey: 'order' });
    expect((await catchFault(createLinks(context, operator, { waveKey: 'order' }))).code).toBe('wave_state');
    const states = (await listWaves(context, operator)).find(({ key }) => key === 'order');
    expect(states).toMatchObject({ state: 'closed', openedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string });
  });

  test('a wave without a frame does not open', async () => {
    await createNetwork(context, operator, { key: 'empty', name: 'Empty', isOpen: true });
    await addInstrument(context, operator, readExample());
    await createWave(context, operator, { key: 'empty', networkKey: 'empty', instrument: 'example/1', period: '2026' });
    expect((await catchFault(openWave(context, operator, { waveKey: 'empty' }))).code).toBe('wave_has_no_frame');
  });

  test('what was promised at opening cannot be changed in the database either', async () => {
    await createDraftWave(context, 'promise', { level: 'anonym' });
    const opened = await openWave(context, operator, { waveKey: 'promise' });
    const wave = "UPDATE wave SET {} WHERE key = 'promise'";
    expect(await refuse(wave.replace('{}', "anonymity_level = 'fortrolig'"))).toBe('wave_fixed');
    expect(await refuse(wave.replace('{}', "period = 'other'"))).toBe('wave_fixed');
    expect(await refuse(wave.replace('{}', "opened_on = '2020-01-01'"))).toBe('wave_fixed');
    expect(await refuse(wave.replace('{}', "delete_addresses_on = '2099-01-01'"))).toBe('wave_fixed');
    expect(await refuse(wave.replace('{}', 'minimum_cell_size = 6'))).toBe('wave_fixed');
    expect(await refuse(wave.replace('{}', 'minimum_cell_size = 4'))).toMatch(/policy_floor|wave_fixed/);
    expect(await refuse("UPDATE instrument_version SET survey = '{}' WHERE instrument = 'example'")).toBe(
      'instrument_frozen',
    );
    expect(await refuse("UPDATE instrument_version SET is_frozen = false WHERE instrument = 'example'")).toBe(
      'instrument_frozen',
    );
    expect(await refuse("DELETE FROM instrument_version WHERE instrument = 'example'")).toBe('instrument_frozen');
    await expect(database.db().raw(wave.replace('{}', "state = 'draft', opened_on = NULL"))).rejects.toThrow();
    await expect(
      database
        .db()
        .raw("UPDATE wave SET state = 'released', closed_on = now(), released_on = now() WHERE key = 'promise'"),
    ).rejects.toThrow('states follow each other');
    const days =
      (Date.parse(opened.deleteAddressesOn) -
        Date.parse((await listWaves(context, operator)).find(({ key }) => key === 'promise')!.openedOn!)) /
      86_400_000;
    expect(days).toBe(180);
  });
});

describe('instruments', () => {
  test('the same bytes change nothing, other bytes replace a version until a wave opens with it', async () => {
    const example = readExample();
    const third = { ...example, codebook: example.codebook.replace('"version": 1', '"version": 3') };
    const changed = { ...third, codebook: `${third.codebook}\n` };
    expect(await addInstrument(context, operator, third)).toMatchObject({ version: 3, outcome: 'added' });
    expect(await addInstrument(context, operator, third)).toMatchObject({ outcome: 'unchanged' });
    expect(await addInstrument(context, operator, changed)).toMatchObject({ outcome: 'replaced' });
    const listed = (await listInstruments(context, operator)).find(({ version }) => version === 3)!;
    expect((await context.instruments.load(database.db(), listed.versionId)).sha256).toBe(listed.sha256);
    await addInstrument(context, operator, third);
    const reloaded = await context.instruments.load(database.db(), listed.versionId);
    expect(reloaded.sha256).not.toBe(listed.sha256);
    expect(await context.instruments.load(database.db(), listed.versionId)).toBe(reloaded);
    await createNetwork(context, operator, { key: 'frozen', name: 'Frozen', isOpen: true });
    await importOrganisations(context, operator, { networkKey: 'frozen', file: csvFile(organisationsCsv) });
    await createWave(context, operator, {
      key: 'frozen',
      networkKey: 'frozen',
      instrument: 'example/3',
      period: '2026',
    });
    await importFrame(context, operator, { waveKey: 'frozen', file: csvFile(makeFrameCsv(6)) });
    await openWave(context, operator, { waveKey: 'frozen' });
    expect((await catchFault(addInstrument(context, operator, changed))).code).toBe('instrument_frozen');
    expect(await addInstrument(context, operator, third)).toMatchObject({ outcome: 'unchanged' });
  });

  test('a faulty instrument, and one that breaks with its earlier version, are refused with their places', async () => {
    const example = readExample();
    const broken = await catchFault(addInstrument(context, operator, { ...example, survey: '{' }));
    expect([broken.code, broken.details.faults?.[0]]).toMatchObject([
      'instrument_faulty',
      { file: 'example/survey.json' },
    ]);
    const renamed = {
      ...example,
      survey: example.survey.replaceAll('uses_tool', 'has_tool'),
      codebook: example.codebook
        .replaceAll('"uses_tool"', '"has_tool"')
        .replaceAll('{uses_tool}', '{has_tool}')
        .replace('"version": 1', '"version": 9'),
    };
    const fault = await catchFault(addInstrument(context, operator, renamed));
    expect(fault.details.faults?.map(({ message }) => message).join()).toContain('renamed');
  });
});

describe('personal links', () => {
  test('are fresh every time, only their hashes are stored, and they are written down in the audit without tokens', async () => {
    await createDraftWave(context, 'links', { units: 6 });
    await openWave(context, operator, { waveKey: 'links' });
    const first = await createLinks(context, operator, { waveKey: 'links' });
    const second = await createLinks(context, operator, { waveKey: 'links' });
    expect(first).toHaveLength(12);
    expect(new Set([...first, ...second].map(({ link }) => link)).size).toBe(24);
    const token = first[0]!.link.replace(/^.*\/svar\//, '');
    const found = await database
      .db()
      .raw<{ rows: unknown[] }>('SELECT 1 FROM invitation_token WHERE token_hash = :hash', { hash: hashToken(token) });
    expect(found.rows).toHaveLength(1);
    const stored = await readOne('SELECT json_agg(audit_event)::text AS text FROM audit_event');
    expect(stored['text']).toContain('created links');
    expect(stored['text']).not.toContain(token);
  });

  test('a unit that declined gets no link, one that mail did not reach does', async () => {
    await createDraftWave(context, 'links-left', { units: 6 });
    await openWave(context, operator, { waveKey: 'links-left' });
    const file = csvFile('unit,disposition\nasker-0,R\nasker-1,UE');
    await importResponses(context, operator, { waveKey: 'links-left', file });
    const units = (await createLinks(context, operator, { waveKey: 'links-left' })).map(({ unit }) => unit);
    expect(units).toHaveLength(11);
    expect(units).not.toContain('asker-0');
    expect(units).toContain('asker-1');
  });
});

describe('people', () => {
  test('an invited administrator gets a link that works once and for a day; the address is kept once', async () => {
    const { path, actorId } = await inviteAdministrator(context, operator, { email: ' Kari@Example.org ' });
    const again = await inviteAdministrator(context, operator, { email: 'kari@example.org' });
    expect(again.actorId).toBe(actorId);
    expect(again.path).not.toBe(path);
    const tokenHash = hashToken(path.replace('/logg-inn/', ''));
    const tooLate = new Date(Date.now() + 25 * 3_600_000);
    expect(await useSignInLink(database.db(), { tokenHash, now: tooLate })).toBeNull();
    const uses = await Promise.all(
      Array.from({ length: 5 }, () => useSignInLink(database.db(), { tokenHash, now: new Date() })),
    );
    expect(uses.filter((id) => id === actorId)).toHaveLength(1);
    expect((await catchFault(inviteAdministrator(context, operator, { email: 'kari' }))).code).toBe('value_invalid');
  });

  test('a role is granted in a network, to a contact in a member organisation', async () => {
    await createDraftWave(context, 'roles');
    const person = { email: 'ola@example.org', name: 'Ola', networkKey: 'roles' };
    const { actorId } = await grantRole(context, operator, { ...person, role: 'researcher' });
    await grantRole(context, operator, { ...person, role: 'organisation_contact', organisationKey: 'asker' });
    const code = async (change: object) =>
      (await catchFault(grantRole(context, operator, { ...person, role: 'organisation_contact', ...change }))).code;
    expect(await code({})).toBe('value_invalid');
    expect(await code({ organisationKey: 'bergen' })).toBe('organisation_unknown');
    expect(await code({ networkKey: 'none' })).toBe('network_unknown');
    const { path } = await createSignInLink(context, operator, { actorId });
    expect(path).toMatch(/^\/logg-inn\/[\w-]{43}$/);
  });
});

describe('rights', () => {
  const calls: Record<string, (actor: Actor) => Promise<unknown>> = {
    createNetwork: (actor) => createNetwork(context, actor, { key: 'x', name: 'x', isOpen: true }),
    addInstrument: (actor) => addInstrument(context, actor, readExample()),
    importOrganisations: (actor) => importOrganisations(context, actor, { networkKey: 'rights', file: csvFile('') }),
    createWave: (actor) =>
      createWave(context, actor, { key: 'x', networkKey: 'rights', instrument: 'example/1', period: '1' }),
    importFrame: (actor) => importFrame(context, actor, { waveKey: 'rights', file: csvFile('') }),
    openWave: (actor) => openWave(context, actor, { waveKey: 'rights' }),
    closeWave: (actor) => closeWave(context, actor, { waveKey: 'rights' }),
    importResponses: (actor) => importResponses(context, actor, { waveKey: 'rights', file: csvFile('') }),
    createLinks: (actor) => createLinks(context, actor, { waveKey: 'rights' }),
    inviteAdministrator: (actor) => inviteAdministrator(context, actor, { email: 'x@example.org' }),
    grantRole: (actor) =>
      grantRole(context, actor, { email: 'x@example.org', name: 'x', role: 'researcher', networkKey: 'rights' }),
  };
  const person = (
    role: 'researcher' | 'organisation_contact',
    networkId: string,
    organisationId: string | null,
  ): Actor => ({
    kind: 'person',
    id: '00000000-0000-4000-8000-000000000000',
    name: 'x',
    grants: [{ role, networkId, organisationId }],
  });

  beforeAll(() => createDraftWave(context, 'rights'));

  test.each(Object.keys(calls))(
    '%s refuses strangers, researchers, contacts and coordinators of other networks',
    async (name) => {
      const networkId = String((await readOne("SELECT id FROM network WHERE key = 'rights'"))['id']);
      const call = calls[name]!;
      expect((await catchFault(call(anonymous))).code).toBe('sign_in_needed');
      expect((await catchFault(call(person('researcher', networkId, null)))).code).toBe('not_allowed');
      expect((await catchFault(call(person('organisation_contact', networkId, networkId)))).code).toBe('not_allowed');
      const elsewhere: Actor = {
        kind: 'person',
        id: '00000000-0000-4000-8000-000000000000',
        name: 'x',
        grants: [{ role: 'coordinator', networkId: '00000000-0000-4000-8000-000000000001', organisationId: null }],
      };
      // For somebody else's people a network does not exist; the installation does.
      expect((await catchFault(call(elsewhere))).code).toMatch(/^(wave_unknown|network_unknown|not_allowed)$/);
    },
  );
});

describe('secrets of the installation', () => {
  test('processes that ask at the same time get the same one', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, index) => selectOrCreateSecret(database.db(), 'race', Buffer.alloc(32, index))),
    );
    expect(new Set(asked.map((secret) => secret.toString('hex'))).size).toBe(1);
  });
});
