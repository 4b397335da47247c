import { operator } from '../../src/domain/permissions';
import { estimatesAnswerSchema } from '../../src/formats/api/estimates-answer';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { toText } from '../support/results-page';

const database = withDatabase();
let site: RespondentApp;
let administrator: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'apent', { isReleased: false });
  await releaseWave(site.context, operator, { waveKey: 'apent', choice: { visibility: 'public', embargoUntil: null } });
  await createResultsNetwork(site.context, 'lukket', { isOpen: false });
  await createResultsNetwork(site.context, 'stengt', { isReleased: false });
  administrator = await signInAs(site, { role: 'administrator', networkKey: '' });
});

async function read(path: string): Promise<{ html: string; text: string }> {
  const { text: html } = await administrator.get(path).expect(200);
  return { html, text: toText(html) };
}

/** Groups by reason of one indicator. */
function readReasons(html: string, indicator: string): Readonly<Record<string, readonly string[]>> {
  const details = [...html.matchAll(/<details class="ds-details">(.*?)<\/details>/gs)].map(([text]) => text);
  const own = details.find((text) => toText(/<summary>(.*?)<span/s.exec(text)?.[1] ?? '') === indicator) ?? '';
  return Object.fromEntries(
    [...own.matchAll(/<h3[^>]*>(.*?)<span.*?<ul[^>]*>(.*?)<\/ul>/gs)].map(([, reason = '', list = '']) => [
      toText(reason),
      [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, group = '']) => toText(group)),
    ]),
  );
}

describe('why figures are hidden', () => {
  test('is told by reason, and by group for every indicator', async () => {
    const { html, text } = await read('/runder/apent/skjulte-tall');
    expect(text).toMatch(/\d+ av \d+ kombinasjoner av tall og gruppe er skjult/);
    const reasons = readReasons(html, 'Nytt digitalt verktøy');
    expect(reasons['For få svar']).toEqual(expect.arrayContaining(['Viken', 'Asker, Helse og omsorg']));
    expect(Object.values(reasons).flat()).not.toContain('Asker');
  });

  test('counts add up to the rows of the release, in each edition', async () => {
    for (const [query, audience] of [
      ['', 'network'],
      ['?utgave=offentlig', 'public'],
    ] as const) {
      const { html } = await read(`/runder/apent/skjulte-tall${query}`);
      const counts = [...html.matchAll(/reasons__count">([\d\s]+)</g)].map(([, count = '']) => Number(count));
      const { rows } = await database.db().raw<{ rows: { count: string }[] }>(
        `SELECT count(*) FROM release_hidden_reason JOIN release ON release.id = release_id
           JOIN wave ON wave.id = wave_id WHERE wave.key = 'apent' AND audience = :audience`,
        { audience },
      );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(Number(rows[0]!.count));
    }
  });

  test('names the rule about organisations in a closed network', async () => {
    const { text } = await read('/runder/lukket/skjulte-tall');
    expect(text).toContain('For få organisasjoner');
    expect(text).toContain('Nettverket er lukket');
    await administrator.get('/runder/lukket/skjulte-tall?utgave=offentlig').expect(404);
  });

  test('says of a wave that is not released that nothing is hidden yet', async () => {
    const { text } = await read('/runder/stengt/skjulte-tall');
    expect(text).toContain('Runden er ikke frigitt');
    expect(text).not.toContain('Hvorfor tall er skjult');
  });

  test('is for everybody else as if there were no such page', async () => {
    for (const role of ['coordinator', 'researcher'] as const) {
      const agent = await signInAs(site, { role, networkKey: 'apent' });
      const there = await agent.get('/runder/apent/skjulte-tall').expect(404);
      const missing = await agent.get('/runder/apent/skjulte-tall-2').expect(404);
      expect(there.text.replaceAll('skjulte-tall-2', 'skjulte-tall')).toBe(missing.text.replaceAll('-2', ''));
      const comparison = await agent.get('/runder/apent/sammenligning').expect(200);
      expect(comparison.text).not.toContain('skjulte-tall');
    }
  });
});

describe('what a release is made from', () => {
  test('stands under every comparison as in the API, without a reason', async () => {
    const { text } = await read('/runder/apent/sammenligning');
    const response = await administrator.get('/api/v1/waves/apent/estimates').expect(200);
    const { release } = estimatesAnswerSchema.parse(response.body);
    for (const hash of ['policy', 'lattice', 'input', 'instrument', 'baselines'] as const) {
      expect(text).toContain(release[`${hash}Sha256`]);
    }
    expect(text).toContain('Ingen tall bygger på færre enn 7 svar.');
    expect(text).toContain(`Programversjon ${release.softwareVersion}`);
    expect(text).not.toMatch(/prøveangrep|Ville røpe/);
  });
});
