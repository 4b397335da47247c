import request from 'supertest';
import { withDatabase } from '../support/database';
import { readExample } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave } from '../support/respondents';

const token = 'a-token-of-monitoring';
const database = withDatabase();
let site: RespondentApp;
beforeAll(async () => {
  site = await createRespondentApp(database.db(), { METRICS_TOKEN: token });
});

async function readMetrics(): Promise<string> {
  const reply = await request(site.app).get('/metrics').set('Authorization', `Bearer ${token}`);
  expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(reply.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  return reply.text;
}

test('without the token there is no such address, and without one in the configuration for nobody', async () => {
  for (const header of ['', 'Bearer wrong', `Basic ${token}`, `Bearer ${token} `.trim() + 'x']) {
    const reply = await request(site.app).get('/metrics').set('Authorization', header);
    expect([reply.status, reply.text.includes('http_request')]).toEqual([404, false]);
  }
  const off = await createRespondentApp(database.db());
  await request(off.app).get('/metrics').set('Authorization', `Bearer ${token}`).expect(404);
});

test('requests are counted by pattern, and nothing tells who came', async () => {
  const { tokens, invitationIds } = await createRespondentWave(site.context, { files: readExample() });
  const browser = request.agent(site.app);
  await browser.get(`/svar/${tokens[0]!}?kilde=epost`);
  await browser.post(`/svar/${tokens[0]!}`).expect(303);
  const page = '/undersokelse/side/tools';
  await postForm(browser, page, { ...(await openForm(browser, page)), uses_tool: 'no', _action: 'next' });
  await request(site.app).get('/no/such/address-of-kari');
  const text = await readMetrics();
  expect(text).toContain('http_request_duration_seconds_count{method="POST",route="/svar/:token",status="3xx"} 1\n');
  expect(text).toMatch(
    /http_request_duration_seconds_bucket\{method="POST",route="\/undersokelse\/side\/:\w+",status="3xx",le="\+Inf"\} 1\n/,
  );
  expect(text).toContain('barometer_respondent_requests_total{kind="save"} 1\n');
  for (const secret of [tokens[0]!, invitationIds[0]!, 'kari', 'epost', 'asker', 'example.org'])
    expect(text.toLowerCase()).not.toContain(secret);
});

test('the installation is counted as a whole', async () => {
  await database.db().raw(`SELECT FROM graphile_worker.add_job('sleep', run_at => now() - interval '1 hour')`);
  const text = await readMetrics();
  expect(text).toMatch(/barometer_waves\{state="open"\} \d+\n/);
  expect(text).toContain('barometer_jobs{task="sleep",state="waiting"} 1\n');
  expect(Number(/^barometer_queue_oldest_due_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(3500);
  expect(text).toContain('barometer_database_up 1\n');
  expect(text).toContain('barometer_migrations_pending 0\n');
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'barometer_pool_connections',
  ])
    expect(text).toContain(`\n${name}`);
  expect(text).not.toMatch(/network|organisation|organization/);
});

test('every line is one that Prometheus reads', async () => {
  const lines = (await readMetrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.length).toBeGreaterThan(50);
  const sample = /^[a-z_]+[a-z0-9_]*(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? ([-+]?[0-9.]+(e[-+]?[0-9]+)?|NaN|[-+]Inf)$/i;
  expect(lines.filter((line) => !sample.test(line))).toEqual([]);
});

test('readiness tells of database, migrations and queue', async () => {
  const ready = await request(site.app).get('/ready');
  expect([ready.status, ready.body]).toEqual([
    200,
    { status: 'ok', database: 'ok', migrations: 'ok', queue: 'stalled' },
  ]);
  const ahead = await createRespondentApp(database.db());
  Object.assign(ahead.context, { migrations: [...ahead.context.migrations, '29991231000000_future__create'] });
  const pending = await request(ahead.app).get('/ready');
  expect([pending.status, pending.body]).toMatchObject([503, { status: 'unavailable', migrations: 'pending' }]);
});
