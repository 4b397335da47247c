import { setTimeout as sleep } from 'node:timers/promises';
import { createCoordinator } from './support/comparison-site';
import { report, type Figure } from './support/figures';
import { openConnection, writeGet, writePost } from './support/http-connection';
import { fillLargeWave } from './support/large-wave';
import { startLoad } from './support/load';
import { describePostgres } from './support/postgres';
import { readResidentMebibytes } from './support/processor-time';
import {
  startSiteProduct,
  storePageDrafts,
  withSite,
  writePageGets,
  writePagePosts,
  type Site,
} from './support/survey-site';

/**
 * Latency of the survey page of one wave while another, large one is sealed and released from the browser. Arguments:
 * responses of the large wave, pages read per second; a fifth as many are saved.
 */
const responses = Number(process.argv[2] ?? 300_000);
const readsPerSecond = Number(process.argv[3] ?? 50);
const savesPerSecond = readsPerSecond / 5;
const connections = 8;
const respondents = 200;
const seconds = 3;
const calmRounds = 5;
const targetMilliseconds = 200;
const waveKey = 'large';

interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly reads: readonly number[];
  readonly saves: readonly number[];
  readonly mebibytes: number;
}

async function press(port: number, cookie: string, step: 'steng' | 'frigi'): Promise<void> {
  const connection = await openConnection(port);
  const page = await connection.exchange(writeGet(`/runder/${waveKey}`, { Cookie: cookie }));
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(page.body.toString()) ?? [];
  const form = new URLSearchParams({ _csrf: token }).toString();
  const { status } = await connection.exchange(writePost(`/runder/${waveKey}/${step}`, { Cookie: cookie }, form));
  connection.close();
  if (status !== 303) throw new Error(`${step} answers ${status}`);
}

async function readState({ context }: Site): Promise<string> {
  const sql = `SELECT coalesce(wave_job.state, wave.state) AS state
                 FROM wave LEFT JOIN wave_job ON wave_job.wave_id = wave.id WHERE wave.key = :waveKey`;
  const { rows } = await context.db.raw<{ rows: { state: string }[] }>(sql, { waveKey });
  return rows[0]?.state ?? '';
}

function describe({ name, ...phase }: Phase): readonly Figure[] {
  const at = (latencies: readonly number[], share: number): number => {
    const sorted = [...latencies].sort((first, second) => first - second);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  };
  const target = name === 'calm' ? {} : { target: { atMost: targetMilliseconds } };
  return [
    { name: `${name}: duration`, rounds: [phase.seconds], unit: 's' },
    { name: `${name}: page read, p50`, rounds: [at(phase.reads, 0.5)], unit: 'ms' },
    { name: `${name}: page read, p99`, rounds: [at(phase.reads, 0.99)], unit: 'ms', ...target },
    { name: `${name}: page saved, p50`, rounds: [at(phase.saves, 0.5)], unit: 'ms' },
    { name: `${name}: page saved, p99`, rounds: [at(phase.saves, 0.99)], unit: 'ms', ...target },
    { name: `${name}: most memory of the server`, rounds: [phase.mebibytes], unit: 'MiB' },
  ];
}

void withSite(2_000, async (site) => {
  const { context, load } = site;
  const stored = await fillLargeWave(context, waveKey, responses);
  const chosen = await storePageDrafts(site, respondents);
  const signIn = await createCoordinator(context);
  const product = await startSiteProduct(site);
  const cookie = await signIn(product.port);
  const saving = startLoad();
  const common = { port: product.port, connections, seconds };
  const measure = async (name: string, isOver: (rounds: number) => Promise<boolean>): Promise<Phase> => {
    const started = performance.now();
    const reads: number[] = [];
    const saves: number[] = [];
    let mebibytes = 0;
    for (let rounds = 0; !(await isOver(rounds)); rounds += 1) {
      const [read, saved] = await Promise.all([
        load.rate({
          ...common,
          requests: writePageGets(context, chosen),
          perSecond: readsPerSecond,
          expectedStatus: 200,
        }),
        saving.rate({
          ...common,
          requests: writePagePosts(context, chosen),
          perSecond: savesPerSecond,
          expectedStatus: 303,
        }),
      ]);
      reads.push(...read.latencies);
      saves.push(...saved.latencies);
      mebibytes = Math.max(mebibytes, readResidentMebibytes(product.pid));
    }
    return { name, seconds: (performance.now() - started) / 1000, reads, saves, mebibytes };
  };
  const follow = async (name: string, step: 'steng' | 'frigi', state: string): Promise<Phase> => {
    await press(product.port, cookie, step);
    return measure(name, async () => {
      const now = await readState(site);
      if (now === 'failed') throw new Error(`${step} failed`);
      return now === state;
    });
  };
  await load.rate({
    ...common,
    requests: writePageGets(context, chosen),
    perSecond: readsPerSecond,
    expectedStatus: 200,
  });
  const calm = await measure('calm', (rounds) => Promise.resolve(rounds === calmRounds));
  const sealing = await follow('sealing', 'steng', 'closed');
  await sleep(1000);
  const releasing = await follow('releasing', 'frigi', 'released');
  saving.stop();
  report([calm, sealing, releasing].flatMap(describe), {
    postgres: await describePostgres(context),
    remarks: [
      `${stored} responses are sealed and released by the server that answers ${readsPerSecond} reads and ` +
        `${savesPerSecond} saves a second; load, server and Postgres share the machine.`,
    ],
  });
  await product.kill('SIGTERM');
});
