import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { estimatesAnswerSchema, problemSchema, type EstimatesAnswer } from '../../src/formats/api/estimates-answer';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { listRoutes } from '../support/fuzz/list-routes';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;
let member: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'lukket', { isOpen: false });
  await createResultsNetwork(site.context, 'nett');
  await createResultsNetwork(site.context, 'apent', { isReleased: false });
  await releaseWave(site.context, operator, { waveKey: 'apent', choice: { visibility: 'public', embargoUntil: null } });
  await createResultsNetwork(site.context, 'stengt', { isReleased: false });
  member = await signInAs(site, { role: 'researcher', networkKey: 'nett' });
});

const pathOf = (wave: string): string => `/api/v1/waves/${wave}/estimates`;

async function read(agent: Agent, path: string): Promise<EstimatesAnswer> {
  const response = await agent
    .get(path)
    .expect(200)
    .expect('Content-Type', /^application\/json/);
  return estimatesAnswerSchema.parse(response.body);
}

describe('figures for programs', () => {
  test('are those of the release, rounded, with everything that tells what they are', async () => {
    const answer = await read(member, pathOf('nett'));
    const records = await readEstimates(site.context, operator, { waveKey: 'nett', precision: 'rounded' });
    expect(answer.estimates).toEqual(records);
    expect(records.length).toBeGreaterThan(50);
    expect(answer.wave).toMatchObject({ key: 'nett', network: { key: 'nett' }, isSynthetic: false });
    expect(answer.release).toMatchObject({ number: 1, edition: 'network', policy: { minimumCellSize: 7 } });
    const groups = new Set(answer.groups.map(({ key }) => key));
    const indicators = new Map(answer.indicators.map(({ id, options }) => [id, options.map((option) => option.id)]));
    for (const { group, indicator, option } of answer.estimates) {
      expect(groups.has(group)).toBe(true);
      expect(indicators.get(indicator)).toContain(option);
    }
    expect(answer.indicators.every(({ base }) => base.nb !== '' && base.en !== '')).toBe(true);
  });

  test('tell nothing of a suppressed cell, and the same of each', async () => {
    const { estimates } = await read(member, pathOf('nett'));
    const hidden = estimates.filter(({ suppressed }) => suppressed);
    expect(hidden.map(({ group }) => group)).toContain('organisation=viken');
    for (const { group, indicator, option, ...rest } of hidden) {
      expect([group, indicator, option]).not.toContain('');
      expect(rest).toEqual({
        n: null,
        share: null,
        low: null,
        high: null,
        se: null,
        se_nofpc: null,
        df: null,
        flags: null,
        suppressed: true,
      });
    }
  });

  test('come as CSV by parameter or by Accept, each line with its wave, period and base, ":" where hidden', async () => {
    const asked = await member.get(`${pathOf('nett')}?format=csv`).expect(200);
    const preferred = await member
      .get(pathOf('nett'))
      .set('Accept', 'text/csv')
      .expect('Content-Type', /^text\/csv/);
    expect(preferred.text).toBe(asked.text);
    const lines: Record<string, string>[] = parse(asked.text, { columns: true });
    const { estimates } = await read(member, pathOf('nett'));
    expect(lines).toHaveLength(estimates.length);
    for (const [index, line] of lines.entries()) {
      const { suppressed, share, n, group } = estimates[index]!;
      expect(line).toMatchObject({ wave: 'nett', period: '2024-2025', release: '1', edition: 'network', group });
      expect(line['base']).not.toBe('');
      expect([line['share'], line['n']]).toEqual(suppressed ? [':', ''] : [String(share), String(n)]);
    }
  });

  test('of a closed network show a contact the own organisation and the totals', async () => {
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'lukket',
      organisationKey: 'drammen',
    });
    const answer = await read(contact, pathOf('lukket'));
    expect(answer.organisations.map(({ key }) => key)).toEqual(['drammen']);
    expect(new Set(answer.groups.map(({ organisation }) => organisation))).toEqual(new Set([null, 'drammen']));
    expect(answer.estimates.some(({ group }) => /organisation=(?!drammen)/.test(group))).toBe(false);
  });
});

describe('who gets what', () => {
  test('without signing in: the public edition, and nothing else', async () => {
    const stranger = request.agent(site.app);
    const answer = await read(stranger, pathOf('apent'));
    expect(answer.release).toMatchObject({ edition: 'public', policy: { minimumCellSize: 10 } });
    expect(await read(stranger, `${pathOf('apent')}?edition=public`)).toEqual(answer);
    await stranger.get(`${pathOf('apent')}?edition=network`).expect(200, answer);
    for (const wave of ['nett', 'stengt', 'finnes-ikke']) {
      const response = await stranger.get(pathOf(wave)).expect(401);
      expect(response.type).toBe('application/problem+json');
      expect(problemSchema.parse(response.body)).toMatchObject({ status: 401, code: 'sign_in_needed' });
    }
  });

  test('a member can ask for either edition; somebody of another network gets the public one alone', async () => {
    const own = await signInAs(site, { role: 'coordinator', networkKey: 'apent' });
    expect((await read(own, pathOf('apent'))).release.edition).toBe('network');
    expect((await read(own, `${pathOf('apent')}?edition=public`)).release.edition).toBe('public');
    expect((await read(member, pathOf('apent'))).release.edition).toBe('public');
    await member.get(pathOf('lukket')).expect(404);
    await own.get(pathOf('stengt')).expect(404);
  });
});

test('faults are told as problems, in the language of the reader', async () => {
  for (const query of ['edition=alle', 'format=xml', 'gruppe=asker', 'edition=public&edition=network']) {
    const response = await member.get(`${pathOf('nett')}?${query}`).expect(400);
    expect(problemSchema.parse(response.body)).toMatchObject({ code: 'bad_request' });
  }
  const response = await member.get('/api/v1/finnes-ikke?lang=en').expect(404);
  expect(problemSchema.parse(response.body).title).toMatch(/not|page/i);
});

test('the description names every address of the API, and every schema it refers to', async () => {
  const response = await request(site.app).get('/api/v1/openapi.json').expect(200);
  const description = response.body as {
    openapi: string;
    paths: Record<string, object>;
    components: { schemas: Record<string, object> };
  };
  expect(description.openapi).toMatch(/^3\.1\./);
  const addresses = listRoutes(site.app)
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/waves'))
    .map(({ path }) => path.replace(/:(\w+)/g, '{$1}'));
  expect(Object.keys(description.paths)).toEqual(addresses);
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, place]) => place);
  expect(references.length).toBeGreaterThan(5);
  for (const place of references) {
    expect(Object.keys(description.components.schemas)).toContain(place?.replace('#/components/schemas/', ''));
  }
  expect(JSON.stringify(description)).not.toContain('"$schema"');
});
