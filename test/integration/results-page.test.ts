import { parse } from 'csv-parse/sync';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { readCaptions, readCharts, readRows } from '../support/results-page';

const hidden = 'Skjult av hensyn til personvernet';
const database = withDatabase();
let site: RespondentApp;
let coordinator: Agent;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'nett');
  coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'nett' });
});

async function open(query: string): Promise<string> {
  const reply = await coordinator.get(`/runder/nett/sammenligning?${query}`);
  expect(reply.status).toBe(200);
  return reply.text;
}

async function openFile(
  path: string,
): Promise<{ rows: Record<string, string>[]; text: string; headers: Record<string, string> }> {
  const { text, status, headers } = await coordinator.get(`/runder/nett/${path}`);
  expect(status).toBe(200);
  return { rows: parse(text, { bom: true, columns: true }), text, headers };
}

describe('the comparison page', () => {
  test('every row tells its base and how many answered', async () => {
    const html = await open('organisasjon=asker');
    const rows = readRows(html);
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row.cells.get('Svar (n)')).toMatch(/^Asker \S+ resten \S+$/);
    const captions = readCaptions(html);
    expect(captions).toHaveLength(3);
    for (const caption of captions)
      expect(caption).toMatch(/Grunnlag: Arbeidsplasser med|Grunnlag: Alle arbeidsplasser/);
  });

  test('table and chart have the same numbers', async () => {
    const html = await open('organisasjon=asker');
    const charted = readCharts(html).flatMap(({ rows }) => rows);
    const told = readRows(html);
    expect(charted.map(({ label }) => label)).toEqual(told.map(({ label }) => label));
    charted.forEach(({ own, rest, note }, index) => {
      const cells = told[index]?.cells;
      expect(own).not.toBeNull();
      expect(cells?.get('Asker')).toMatch(new RegExp(`^(ca\\. )?${own?.value} % \\(${own?.low}–${own?.high}\\)`));
      expect(cells?.get('Resten av nettverket')).toMatch(new RegExp(`^(ca\\. )?${rest} %`));
      expect(note).toMatch(new RegExp(`^(ca\\. )?${own?.value} %$`));
    });
  });

  test('heading and sentence say what the test supports', async () => {
    const html = await open('organisasjon=asker');
    const first = readRows(html)[0];
    expect(first?.cells.get('Forskjell')).toMatch(/^høyere \+\d+ poeng$/);
    expect(html).toMatch(
      /<h1[^>]*>Asker (ligger høyere enn|skiller seg fra) resten av nettverket på \d av 6 tall<\/h1>/,
    );
    expect(html).toContain('Tydeligst høyere: «Nytt digitalt verktøy: har tatt i bruk»');
  });

  test('says what the rest of the network is, without the organisation and without those left out', async () => {
    const html = await open('organisasjon=asker');
    expect(html).toContain('Drammen og Lier. Hver arbeidsplass teller like mye. Asker er ikke med.');
    expect(html).toContain('73 % (33 av 45 som kunne svare)');
  });

  test('a theme without Danish figures says so', async () => {
    expect(await open('organisasjon=asker')).toContain('Ingen danske tall for dette temaet.');
  });

  test('another round chosen in the form leads to its page', async () => {
    const reply = await coordinator.get('/runder/nett/sammenligning?organisasjon=asker&gruppe=&runde=annen');
    expect(reply.status).toBe(302);
    expect(reply.headers['location']).toBe('/runder/annen/sammenligning?organisasjon=asker&gruppe=');
  });

  test.each(['nn', 'en', 'da'])('is complete in %s', async (language) => {
    const html = await open(`organisasjon=asker&lang=${language}`);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).not.toContain('undefined');
    await coordinator.get('/?lang=nb');
  });
});

describe.each([
  ['an organisation with too few answers', 'organisasjon=viken', 'Viken', 'Viken'],
  ['a sector with too few answers', 'organisasjon=asker&gruppe=health', 'Asker', 'Asker (helse og omsorg)'],
])('%s', (_name, query, organisation, part) => {
  test('shows a colon and the reason, and no number of its own', async () => {
    const html = await open(query);
    const rows = readRows(html);
    expect(rows).toHaveLength(6);
    for (const { cells } of rows) {
      expect(cells.get(organisation)).toBe(`: ${hidden}`);
      expect(cells.get('Forskjell')).toBe(`: ${hidden}`);
      expect(cells.get('Svar (n)')).toMatch(new RegExp(`^${organisation} : resten `));
    }
    expect(html).toContain(`Tallene for ${part} er skjult av hensyn til personvernet`);
  });

  test('gives the chart nothing to draw', async () => {
    const rows = readCharts(await open(query)).flatMap((chart) => chart.rows);
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row).toMatchObject({ own: null, note: 'Skjult' });
  });

  test('gives the file a colon in every column of its figures', async () => {
    const { rows } = await openFile(`sammenligning.csv?${query}`);
    const own = rows.filter(
      (row) => row['group']?.startsWith('organisation=') && row['group_label']?.startsWith(organisation),
    );
    expect(own).toHaveLength(6);
    for (const row of own) {
      expect(row).toMatchObject({ n: ':', percent: ':', low: ':', high: ':', difference_from_rest: ':', verdict: ':' });
    }
  });
});

test('hidden members are left out of other members’ pages', async () => {
  const html = await open('organisasjon=asker');
  expect(html).toContain('Vis hvert medlem');
  expect(html).toContain('<th scope="row">Drammen</th>');
  expect(html).not.toContain('<th scope="row">Viken</th>');
  expect(html).not.toContain('75 %');
});

describe('files', () => {
  test('the file of a page has the page’s numbers', async () => {
    const { rows } = await openFile('sammenligning.csv?organisasjon=asker');
    const charted = readCharts(await open('organisasjon=asker')).flatMap((chart) => chart.rows);
    const own = rows.filter(({ group }) => group === 'organisation=asker');
    const rest = rows.filter(({ group }) => group === 'rest=asker');
    expect(own.map((row) => [row['percent'], row['low'], row['high']])).toEqual(
      charted.map((row) => [row.own?.value, row.own?.low, row.own?.high].map(String)),
    );
    expect(rest.map(({ percent }) => percent)).toEqual(charted.map((row) => String(row.rest)));
    expect(rest[0]?.['contributors']).toBe('Drammen; Lier');
  });

  test('is saved under a plain name, in UTF-8 with a byte order mark', async () => {
    const page = await openFile('sammenligning.csv?organisasjon=asker&gruppe=education');
    expect(page.headers['content-disposition']).toBe('attachment; filename="nett-asker-tools-education.csv"');
    expect(page.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(page.text.startsWith('\uFEFFwave,')).toBe(true);
    const all = await openFile('tall.csv');
    expect(all.headers['content-disposition']).toBe('attachment; filename="nett-1.csv"');
    expect(all.text.startsWith('\uFEFF')).toBe(true);
  });

  test('all released figures carry base and answers, and agree with the page', async () => {
    const { rows } = await openFile('tall.csv');
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      expect(row['base']).not.toBe('');
      expect(row['n']).toMatch(/^(\d+|:)$/);
    }
    const own = readCharts(await open('organisasjon=asker'))[0]?.rows[0]?.own;
    const figure = rows.find((row) => row['group'] === 'organisation=asker' && row['option'] === 'yes');
    expect(figure?.['percent']).toBe(String(own?.value));
    for (const row of rows.filter(({ group }) => group === 'organisation=viken')) expect(row['percent']).toBe(':');
  });

  test('a name that looks like a formula is not run by a spreadsheet', async () => {
    await site.context.db.raw(`UPDATE organisation SET name = '=1+1' WHERE key = 'lier'`);
    const page = await openFile('sammenligning.csv?organisasjon=lier');
    expect(page.rows[0]?.['group_label']).toBe("'=1+1");
    const all = await openFile('tall.csv');
    expect(all.rows.find(({ group }) => group === 'organisation=lier')?.['group_label']).toBe("'=1+1");
    await site.context.db.raw(`UPDATE organisation SET name = '</script><b>' WHERE key = 'lier'`);
    const html = await open('organisasjon=lier');
    expect(html).not.toContain('</script><b>');
    expect(readCharts(html).length).toBeGreaterThan(0);
    await site.context.db.raw(`UPDATE organisation SET name = 'Lier' WHERE key = 'lier'`);
  });
});
