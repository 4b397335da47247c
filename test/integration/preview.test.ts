import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { changeWavePlan } from '../../src/usecases/coordinator/plan-wave';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';
import { completePrivacy, postAs } from '../support/wave-setup';

const database = withDatabase();
const today = new Date('2026-03-02T11:00:00Z');
let site: RespondentApp;
let agent: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  Object.assign(site.context, { now: () => today });
});

async function createWave(key: string, changes: { mayBePublic: boolean; level: string }): Promise<void> {
  await createDraftWave(site.context, key);
  const form = {
    period: '2025-2026',
    instrument: 'example/1',
    k: '8',
    publicK: '12',
    population: 'managers',
    opensOn: '',
    closesOn: '2026-04-01',
    target: '',
    retentionDays: '90',
    members: ['asker', 'oslo'],
    ...changes,
  };
  await changeWavePlan(site.context, operator, { waveKey: key, form });
  await completePrivacy(site.context, key);
}

async function openLink(key: string, language: string, now = today): Promise<string> {
  await openWave(site.context, operator, { waveKey: key }).catch(() => undefined);
  const [link] = await createLinks(site.context, operator, { waveKey: key });
  Object.assign(site.context, { now: () => now });
  const { status, text } = await request(site.app).get(`${new URL(link!.link).pathname}?lang=${language}`);
  Object.assign(site.context, { now: () => today });
  expect(status).toBe(200);
  return text;
}

describe('page 1', () => {
  beforeAll(async () => {
    await createWave('anonym', { mayBePublic: true, level: 'anonym' });
    await createWave('fortrolig', { mayBePublic: false, level: 'fortrolig' });
  });

  test.each([
    [
      'nb',
      'Vi vil lære av hverandre.',
      'minst 8 har svart',
      'slettes 31. mai 2026',
      'bokstav e',
      'minst 12 har svart',
      'Pia Personvern',
      'tillitsvalgte 20. januar 2026',
    ],
    [
      'nn',
      'Vi vil lære av kvarandre.',
      'minst 8 har svara',
      'sletta 31. mai 2026',
      'bokstav e',
      'minst 12 har svara',
      'Pia Personvern',
      'tillitsvalde 20. januar 2026',
    ],
    [
      'en',
      'We want to learn from each other.',
      'at least 8 have answered',
      'deleted on 31 May 2026',
      'article 6(1)(e)',
      'at least 12 have answered',
      'Pia Personvern',
      'representatives on 20 January 2026',
    ],
    [
      'da',
      'Vi vil lære af hinanden.',
      'mindst 8 har svaret',
      'slettes 31. maj 2026',
      'litra e',
      'mindst 12 har svaret',
      'Pia Personvern',
      'tillidsvalgte 20. januar 2026',
    ],
  ])('tells in %s what the wave is set up with', async (language, ...sentences) => {
    const text = await openLink('anonym', language);
    for (const sentence of [...sentences, 'Asker kommune', 'Drift AS', 'kommuneloven § 1-1', 'Ola Ombud']) {
      expect(text).toContain(sentence);
    }
    const shortLines = /<ul class="promises__short">(.*?)<\/ul>/s.exec(text)?.[1]?.match(/<li>/g);
    expect(shortLines?.length).toBeGreaterThanOrEqual(3);
    expect(shortLines?.length).toBeLessThanOrEqual(5);
  });

  test('follows the level and whether figures may become public', async () => {
    const text = await openLink('fortrolig', 'nb');
    expect(text).toContain('fortrolig, men ikke anonymt');
    expect(text).toContain('Tallene gjøres ikke offentlige.');
    expect(text).not.toContain('kan velge å gjøre tall offentlige');
    expect(text).toContain('Du har da de samme rettighetene');
  });

  test('does not promise a deadline that has passed', async () => {
    expect(await openLink('anonym', 'nb')).toContain('Svar innen 1. april 2026');
    const text = await openLink('anonym', 'nb', new Date('2026-04-02T10:00:00Z'));
    expect(text).toContain('Fristen var 1. april 2026. Du kan fortsatt svare');
    expect(text).not.toContain('etter planen 1. april');
  });

  test('of a wave without a privacy set-up tells what is known and nothing more', async () => {
    await createDraftWave(site.context, 'uten');
    const text = await openLink('uten', 'nb');
    expect(text).toContain('Asker er behandlingsansvarlig');
    expect(text).not.toContain('personvernforordningen artikkel 6');
    expect(text).not.toContain('databehandleravtale');
  });
});

describe('the preview', () => {
  const base = '/runder/prove/forhandsvisning';

  async function countRows(): Promise<unknown> {
    const tables = ['invitation', 'invitation_token', 'draft', 'response', 'audit_event', 'unit', 'wave_job'];
    const counts = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    return (await database.db().raw<{ rows: unknown[] }>(`SELECT ${counts.join(', ')}`)).rows[0];
  }

  beforeAll(async () => {
    await createWave('prove', { mayBePublic: true, level: 'anonym' });
    agent = await signInAs(site, { role: 'coordinator', networkKey: 'prove' });
  });

  test.each(['draft', 'open'])(
    'of a wave that is %s goes through every page with routing and stores nothing',
    async (state) => {
      if (state === 'open') await openWave(site.context, operator, { waveKey: 'prove' });
      const before = await countRows();
      const start = await agent.get(base);
      expect(start.text).toContain('Forhåndsvisning.');
      expect(start.text).toContain('Ingenting du gjør her, lagres.');
      expect(start.text).toContain('Vi vil lære av hverandre.');
      const first = await postAs(agent, `${base}/side/tools`);
      expect(first.status).toBe(200);
      const empty = await postAs(agent, `${base}/side/tools`, { _action: 'next', _asked: ['uses_tool:'] });
      expect(empty.text).toContain('ds-error-summary');
      const opened = await postAs(agent, `${base}/side/tools`, {
        _action: 'next',
        uses_tool: 'yes',
        _asked: ['uses_tool:'],
      });
      expect(opened.text).toContain('Hva bruker dere det til?');
      expect(opened.text).toContain('#q-purposes');
      const answers = { uses_tool: 'no', _asked: ['uses_tool:', 'purposes:'] };
      const next = await postAs(agent, `${base}/side/tools`, { _action: 'next', ...answers });
      expect(next.text).toContain('<input type="hidden" name="uses_tool" value="no">');
      const danish = await postAs(agent, `${base}/side/tools`, { ...answers, _language: 'da' });
      expect(danish.text).toContain('lang="da"');
      expect(danish.text).toContain('Har din arbejdsplads');
      expect(danish.text).toMatch(/value="no" checked/);
      for (const path of [base, `${base}/side/tools`]) {
        for (const language of ['nb', 'nn', 'en', 'da'])
          expect((await agent.get(`${path}?lang=${language}`)).status).toBe(200);
      }
      await agent.get(`${base}?lang=nb`);
      expect(await countRows()).toEqual(before);
    },
  );

  test('ends with the answers and nothing to send', async () => {
    const answers = { uses_tool: 'no', training: 'agree' };
    const { text } = await postAs(agent, `${base}/side/training_page`, { _action: 'next', ...answers });
    expect(text).toContain('I forhåndsvisningen er det ingenting å sende.');
    expect(text).toContain('<input type="hidden" name="training" value="agree">');
    expect(text).not.toContain('/undersokelse/send');
    const back = await postAs(agent, `${base}/side/training_page`, { _action: 'back', _review: '1', ...answers });
    expect(back.text).toMatch(/value="agree" checked/);
  });

  test('has no page that the questionnaire has not', async () => {
    expect((await agent.get(`${base}/side/finnes-ikke`)).status).toBe(404);
  });
});
