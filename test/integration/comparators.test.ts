import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { comparisonsAnswerSchema, type ComparisonsAnswer } from '../../src/formats/api/comparisons-answer';
import type { ComparisonRecord } from '../../src/formats/comparisons-table';
import type { EstimateRecord } from '../../src/formats/estimates-table';
import { readComparisons } from '../../src/usecases/researcher/read-comparisons';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';
import { readRows } from '../support/results-page';
import { createTwoWaves } from '../support/two-waves';

const hidden = 'Skjult av hensyn til personvernet';
const database = withDatabase();
let site: RespondentApp;
let stranger: Agent;
let coordinator: Agent;
let contact: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createTwoWaves(site.context, 'apent', { earlier: { visibility: 'public' }, later: { visibility: 'public' } });
  await createTwoWaves(site.context, 'halvt', { later: { visibility: 'public' } });
  await createTwoWaves(site.context, 'lukket', { isOpen: false });
  await createTwoWaves(site.context, 'sperret', {
    earlier: { visibility: 'network', embargoUntil: new Date('2099-01-01T00:00:00Z') },
  });
  stranger = request.agent(site.app);
  coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'halvt' });
  contact = await signInAs(site, { role: 'organisation_contact', networkKey: 'lukket', organisationKey: 'asker' });
});

interface Figures {
  readonly estimate: (group: string, option?: string) => EstimateRecord;
  readonly comparison: (kind: string, group: string, option?: string) => ComparisonRecord;
  readonly all: readonly ComparisonRecord[];
}

async function readFull(waveKey: string): Promise<Figures> {
  const estimates = await readEstimates(site.context, operator, { waveKey, precision: 'full' });
  const all = await readComparisons(site.context, operator, { waveKey, precision: 'full' });
  return {
    all,
    estimate: (group, option = 'yes') => {
      const found = estimates.find((one) => one.group === group && one.option === option);
      if (found === undefined) throw new RangeError(`no figure of ${group}`);
      return found;
    },
    comparison: (kind, group, option = 'yes') => {
      const found = all.find((one) => one.kind === kind && one.group === group && one.option === option);
      if (found === undefined) throw new RangeError(`no comparison of ${group} with ${kind}`);
      return found;
    },
  };
}

const shareOf = ({ share }: { readonly share: number | null }): number => share ?? Number.NaN;

describe('a release', () => {
  test('compares with the network, the mean of organisations and the wave before, from its own figures', async () => {
    const [now, before] = [await readFull('apent-na'), await readFull('apent-for')];
    const own = shareOf(now.estimate('organisation=asker'));
    const others = ['drammen', 'lier', 'viken'].map((key) => shareOf(now.estimate(`organisation=${key}`)));
    const mean = (own + others.reduce((sum, one) => sum + one, 0)) / 4;
    const network = now.comparison('network', 'organisation=asker');
    expect(network.difference).toBeCloseTo(own - shareOf(now.estimate('network')), 12);
    const average = now.comparison('organisations', 'organisation=asker');
    expect(average.difference).toBeCloseTo(own - mean, 12);
    expect(average).toMatchObject({ comparator_organisations: 4, comparator_n: null, verdict: 'above' });
    const earlier = before.estimate('organisation=asker');
    const wave = now.comparison('wave', 'organisation=asker');
    expect(wave.difference).toBeCloseTo(own - shareOf(earlier), 12);
    expect(wave).toMatchObject({ comparator: 'wave=apent-for', comparator_n: earlier.n, verdict: 'above' });
    expect(now.comparison('wave', 'organisation=viken')).toMatchObject({ verdict: 'no_clear_difference' });
    expect(before.all.some(({ kind }) => kind === 'wave')).toBe(false);
  });

  test('tests waves as independent: the squares of their standard errors add up', async () => {
    const [now, before] = [await readFull('apent-na'), await readFull('apent-for')];
    const wave = now.comparison('wave', 'organisation=viken');
    const se = Math.hypot(
      now.estimate('organisation=viken').se_nofpc ?? Number.NaN,
      before.estimate('organisation=viken').se_nofpc ?? Number.NaN,
    );
    // 42 of 80 both times: no difference, so t is 0 and p is 1.
    expect(wave.difference).toBeCloseTo(0, 12);
    expect(wave.p).toBeCloseTo(1, 12);
    expect((wave.difference_high ?? 0) / se).toBeGreaterThan(1.9);
    expect((wave.difference_high ?? 0) / se).toBeLessThan(2.1);
  });

  test('has no comparison where one figure is hidden, in either wave', async () => {
    const now = await readFull('apent-na');
    for (const [kind, group] of [
      ['wave', 'organisation=lier;sector=health'],
      ['wave', 'organisation=drammen;sector=health'],
      ['network', 'organisation=drammen;sector=health'],
      ['organisations', 'organisation=drammen;sector=health'],
    ] as const) {
      expect(now.comparison(kind, group)).toMatchObject({
        suppressed: true,
        n: null,
        comparator_share: null,
        difference: null,
        p: null,
        verdict: null,
      });
    }
  });

  test('does not continue a series whose question was worded in another way', async () => {
    const now = await readFull('apent-na');
    const waves = now.all.filter(({ kind }) => kind === 'wave');
    expect(new Set(waves.map(({ indicator }) => indicator))).toEqual(new Set(['uses_tool', 'purposes']));
    const rows = await database.db().raw<{ rows: { comparators: { breaks: string[]; waves: object[] } }[] }>(
      `SELECT comparators FROM release JOIN wave ON wave.id = wave_id
        WHERE wave.key = 'apent-na' AND audience = 'network'`,
    );
    expect(rows.rows[0]?.comparators).toMatchObject({
      breaks: ['training/agree'],
      waves: [{ key: 'apent-for', period: '2022-2023', release: 1 }],
    });
  });

  test('says nothing of an earlier wave that is held back longer than itself', async () => {
    const all = await readComparisons(site.context, operator, { waveKey: 'sperret-na', precision: 'full' });
    expect(all.some(({ kind }) => kind === 'network')).toBe(true);
    expect(all.some(({ kind }) => kind === 'wave')).toBe(false);
  });

  test('prints no difference that tells more than the two printed shares', async () => {
    const printed = await readComparisons(site.context, operator, { waveKey: 'apent-na', precision: 'rounded' });
    const shown = printed.filter(({ kind, suppressed }) => kind !== 'rest' && !suppressed);
    expect(shown.length).toBeGreaterThan(50);
    for (const { share, comparator_share: other, difference, p, q } of shown) {
      expect((difference ?? Number.NaN) * 100).toBeCloseTo(Math.round(((share ?? 0) - (other ?? 0)) * 100), 9);
      expect([p, q]).toEqual([null, null]);
    }
  });
});

async function open(agent: Agent, wave: string, query: string): Promise<string> {
  const reply = await agent.get(`/runder/${wave}/sammenligning?organisasjon=asker&${query}`);
  expect(reply.status).toBe(200);
  return reply.text;
}

describe('the comparison page', () => {
  test('compares with the rest of the network unless told otherwise', async () => {
    const html = await open(coordinator, 'halvt-na', '');
    expect(html).toContain('<option value="resten" selected>Resten av nettverket</option>');
    expect(readRows(html)[0]?.cells.has('Resten av nettverket')).toBe(true);
    expect(readRows(await open(coordinator, 'halvt-na', 'mot=resten'))).toEqual(readRows(html));
  });

  test.each([
    ['nettverket', 'Hele nettverket', /^Asker 80 nettverket 283$/],
    ['snitt', 'Snitt av organisasjonene', /^Asker 80 4 organisasjoner$/],
    ['forrige', 'Tidligere: 2022–2023', /^Asker 80 før 80$/],
    ['medlem-lier', 'Lier', /^Asker 80 Lier 80$/],
  ])('against "%s" names it, gives its answers, and the difference of what is printed', async (mot, name, count) => {
    const html = await open(coordinator, 'halvt-na', `mot=${mot}`);
    const [row] = readRows(html);
    expect(row?.cells.get('Svar (n)')).toMatch(count);
    const own = Number(/(\d+) %/.exec(row?.cells.get('Asker') ?? '')?.[1]);
    const other = Number(/(\d+) %/.exec(row?.cells.get(name) ?? '')?.[1]);
    const verdict = row?.cells.get('Forskjell') ?? '';
    expect(verdict).toMatch(/^høyere \+\d+ poeng \(\+\d+ til \+\d+\)$/);
    expect(Number(/\+(\d+) poeng/.exec(verdict)?.[1])).toBe(own - other);
    expect(html).toContain(`Sammenlignet med: ${name}`);
  });

  test('says that a series is broken, and tests nothing there', async () => {
    const html = await open(coordinator, 'halvt-na', 'mot=forrige');
    const training = readRows(html).at(-1);
    expect(training?.cells.get('Tidligere: 2022–2023')).toBe('brudd i serien');
    expect(training?.cells.get('Forskjell')).toBe('sammenlignes ikke');
    expect(html).toContain('rundene regnes som uavhengige');
  });

  test('hides everything made of a hidden figure', async () => {
    for (const mot of ['nettverket', 'snitt', 'forrige', 'medlem-asker']) {
      const reply = await coordinator.get(
        `/runder/halvt-na/sammenligning?organisasjon=drammen&inndeling=sektor&gruppe=health&mot=${mot}`,
      );
      const rows = readRows(reply.text);
      expect(rows.length).toBeGreaterThan(0);
      for (const { cells } of rows) {
        expect(cells.get('Drammen')).toContain(hidden);
        if (cells.get('Forskjell') !== 'sammenlignes ikke') expect(cells.get('Forskjell')).toBe(`: ${hidden}`);
      }
    }
  });

  test('is told in all four languages', async () => {
    const headings = { nb: 'Sammenlign med', nn: 'Samanlikn med', en: 'Compare with', da: 'Sammenlign med' };
    const breaks = { nb: 'brudd i serien', nn: 'brot i serien', en: 'break in the series', da: 'brud i serien' };
    for (const language of ['nb', 'nn', 'en', 'da'] as const) {
      const html = await open(coordinator, 'halvt-na', `mot=forrige&lang=${language}`);
      expect(html).toContain(headings[language]);
      expect(html).toContain(breaks[language]);
      expect(html).not.toMatch(/comparator\.[a-z]/);
    }
  });

  test('shows everybody the public edition, and earlier waves only where these are public too', async () => {
    expect(await open(stranger, 'apent-na', 'mot=forrige')).toContain('Tidligere: 2022–2023');
    expect(await open(stranger, 'halvt-na', 'mot=nettverket')).toContain('Hele nettverket');
    expect(await open(stranger, 'halvt-na', '')).not.toContain('2022–2023');
    expect((await stranger.get('/runder/halvt-na/sammenligning?mot=forrige')).status).toBe(404);
    expect((await coordinator.get('/runder/halvt-na/sammenligning?mot=forrige')).status).toBe(200);
    expect((await stranger.get('/runder/lukket-na/sammenligning?mot=snitt')).status).toBe(401);
  });

  test('of a closed network compares a member with the mean of the others, and names none of them', async () => {
    const html = await open(contact, 'lukket-na', 'mot=snitt');
    expect(readRows(html)[0]?.cells.get('Svar (n)')).toBe('Asker 80 4 organisasjoner');
    expect(html).not.toContain('Lier</option>');
    for (const mot of ['medlem-lier', 'medlem-asker', 'publisert', 'medlem-finnes-ikke']) {
      expect((await contact.get(`/runder/lukket-na/sammenligning?mot=${mot}`)).status).toBe(404);
    }
  });

  test('of a closed network shows no mean of fewer than three others', async () => {
    // Drammen's health sector is hidden: two others are left.
    const rows = readRows(await open(contact, 'lukket-na', 'mot=snitt&inndeling=sektor&gruppe=health'));
    expect(rows.map(({ cells }) => cells.get('Snitt av organisasjonene'))).toEqual(rows.map(() => `: ${hidden}`));
  });

  test('offers a file with the comparator, its period, answers and interval', async () => {
    const reply = await coordinator.get('/runder/halvt-na/sammenligning.csv?organisasjon=asker&mot=forrige&lang=nb');
    const lines: Record<string, string>[] = parse(reply.text, { bom: true, columns: true });
    expect(lines[0]).toMatchObject({
      comparator: 'wave=halvt-for',
      comparator_label: 'Tidligere: 2022–2023',
      comparator_period: '2022-2023',
      comparator_n: '80',
      outcome: 'høyere',
      difference_from_rest: '',
    });
    const broken = lines.find(({ indicator, comparator_label: label }) => indicator === 'training' && label !== '');
    expect(broken).toMatchObject({ difference: '', outcome: 'brudd i serien' });
    expect(reply.headers['content-disposition']).toContain('halvt-na-asker-tools-forrige.csv');
  });
});

const pathOf = (wave: string): string => `/api/v1/waves/${wave}/comparisons`;

async function read(agent: Agent, path: string): Promise<ComparisonsAnswer> {
  const response = await agent
    .get(path)
    .expect(200)
    .expect('Content-Type', /^application\/json/);
  return comparisonsAnswerSchema.parse(response.body);
}

describe('comparisons for programs', () => {
  test('are those of the release, rounded, with everything that tells what they are', async () => {
    const answer = await read(coordinator, pathOf('halvt-na'));
    const records = await readComparisons(site.context, operator, { waveKey: 'halvt-na', precision: 'rounded' });
    expect(answer.comparisons.map((one) => ({ ...one, p: null, q: null }))).toEqual(
      records.map((one) => ({ ...one, period: one.kind === 'wave' ? '2022-2023' : '2024-2025' })),
    );
    expect(answer.earlierWaves).toEqual([{ key: 'halvt-for', period: '2022-2023', release: 1 }]);
    expect(answer.breaks).toEqual([{ indicator: 'training', option: 'agree' }]);
    expect(answer.relevantDifference).toBe(0.05);
    const wave = answer.comparisons.find(({ kind }) => kind === 'wave');
    expect(wave).toMatchObject({ comparator: 'wave=halvt-for', period: '2022-2023' });
    expect(JSON.stringify(answer)).not.toMatch(/"(se|p|q|se_nofpc)"/);
  });

  test('can be asked of one comparator, as CSV too, ":" where hidden', async () => {
    const path = `${pathOf('halvt-na')}?comparator=organisations`;
    const { comparisons } = await read(coordinator, path);
    expect(new Set(comparisons.map(({ kind }) => kind))).toEqual(new Set(['organisations']));
    const { text } = await coordinator.get(`${path}&format=csv`).expect(200);
    const lines: Record<string, string>[] = parse(text, { columns: true });
    expect(lines).toHaveLength(comparisons.length);
    for (const [index, line] of lines.entries()) {
      const { suppressed, difference, n } = comparisons[index]!;
      expect(line).toMatchObject({ wave: 'halvt-na', edition: 'network', kind: 'organisations' });
      expect([line['difference'], line['n']]).toEqual(suppressed ? [':', ''] : [String(difference), String(n)]);
    }
    expect(lines.some(({ difference }) => difference === ':')).toBe(true);
    await coordinator.get(`${pathOf('halvt-na')}?comparator=alle`).expect(400);
  });

  test('without signing in are those of the public edition, compared with public editions', async () => {
    const answer = await read(stranger, pathOf('halvt-na'));
    expect(answer.release.edition).toBe('public');
    expect(answer.comparisons.some(({ kind }) => kind === 'wave')).toBe(false);
    expect((await read(stranger, pathOf('apent-na'))).comparisons.some(({ kind }) => kind === 'wave')).toBe(true);
    await stranger.get(pathOf('lukket-na')).expect(401);
  });

  test('of a closed network are those of the own organisation', async () => {
    const answer = await read(contact, pathOf('lukket-na'));
    expect(answer.comparisons.length).toBeGreaterThan(0);
    expect(answer.comparisons.every(({ group }) => group.startsWith('organisation=asker'))).toBe(true);
    expect(JSON.stringify(answer.comparisons)).not.toMatch(/lier|drammen|viken/);
  });
});

describe('a release made before there were other comparators', () => {
  beforeAll(async () => {
    await database.db().raw(`
      WITH old AS (
        INSERT INTO release (wave_id, number, reason, audience, released_at, policy, lattice, participation, policy_sha256,
                             lattice_sha256, input_sha256, instrument_sha256, baselines_sha256, software_version)
        SELECT wave_id, 2, 'Rettet', 'network', released_at, release.policy, lattice, participation, policy_sha256, lattice_sha256,
               input_sha256, instrument_sha256, baselines_sha256, '0.1.0'
          FROM release JOIN wave ON wave.id = wave_id WHERE wave.key = 'sperret-na'
        RETURNING id, wave_id), estimates AS (
        INSERT INTO release_estimate (release_id, indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df,
                                      low, high, flags)
        SELECT old.id, indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df, low, high, flags
          FROM release_estimate JOIN release ON release.id = release_id JOIN old ON old.wave_id = release.wave_id)
      INSERT INTO release_comparison (release_id, indicator, option, group_key, kind, comparator, is_suppressed, difference,
                                      low, high, p, q, verdict)
      SELECT old.id, indicator, option, group_key, kind, comparator, is_suppressed, difference, low, high, p, q, verdict
        FROM release_comparison JOIN release ON release.id = release_id JOIN old ON old.wave_id = release.wave_id
       WHERE kind = 'rest'`);
  });

  test('is still shown, compared with the rest of the network or another member', async () => {
    const member = await signInAs(site, { role: 'researcher', networkKey: 'sperret' });
    const html = await open(member, 'sperret-na', '');
    expect(html).toMatch(/frigivelse nr\.\s2/);
    expect(html).not.toContain('value="nettverket"');
    expect(readRows(html)[0]?.cells.get('Forskjell')).toMatch(/^høyere/);
    expect(readRows(await open(member, 'sperret-na', 'mot=medlem-lier'))[0]?.cells.get('Forskjell')).toMatch(/^høyere/);
    expect((await member.get('/runder/sperret-na/sammenligning?mot=snitt')).status).toBe(404);
    const answer = await read(member, pathOf('sperret-na'));
    expect(new Set(answer.comparisons.map(({ kind }) => kind))).toEqual(new Set(['rest']));
  });
});
