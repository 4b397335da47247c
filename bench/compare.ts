import { join, resolve } from 'node:path';
import { report, type Figure } from './support/figures';
import { planJourneys } from './support/network';
import { describePostgres } from './support/postgres';
import { divideRounds, listCosts, runRounds, type Contestant } from './support/rounds';
import { compileProduct, startProduct, type Server } from './support/site';
import { startSiteProduct, storePageDrafts, withSite, writePageGets, writePagePosts } from './support/survey-site';

/**
 * The survey path of another source tree beside this one's, in the same rounds: what a change gains. Arguments: folder of
 * the other tree, rounds, seconds per round.
 */
const other = resolve(process.argv[2] ?? '');
const roundCount = Number(process.argv[3] ?? 5);
const seconds = Number(process.argv[4] ?? 1.5);
const connections = 16;
const respondents = 128;
const journeysPerRound = 48;

void withSite(8 * respondents + 4 * roundCount * journeysPerRound, async (site) => {
  const { context, load, postgres, folder } = site;
  const chosen = await storePageDrafts(site, respondents);
  compileProduct(join(folder, 'other'), other);
  const servers: readonly (readonly [string, Server])[] = [
    ['this', await startSiteProduct(site)],
    ['other', await startProduct(join(folder, 'other'), { DATABASE_URL: postgres.databaseUrl })],
  ];
  const kinds = [
    { kind: 'GET', requests: writePageGets(context, chosen), expectedStatus: 200 },
    { kind: 'POST', requests: writePagePosts(context, chosen), expectedStatus: 303 },
  ];
  const contestants = kinds.flatMap(({ kind, requests, expectedStatus }) =>
    servers.map(([name, { pid, port }]): Contestant => {
      const job = { port, connections, requests, expectedStatus, isOnce: false };
      return { name: `${kind}, ${name}`, pid, load: (length) => load.repeat({ ...job, seconds: length }) };
    }),
  );
  const isChosen = new Set(chosen.map(({ link }) => link));
  let plans = planJourneys(site.invited.filter(({ link }) => !isChosen.has(link)));
  const journeys = servers.map(([name, { pid, port }]): Contestant => ({
    name: `journey, ${name}`,
    pid,
    load: async () => {
      const own = plans.slice(0, journeysPerRound);
      plans = plans.slice(journeysPerRound);
      const outcome = await load.journeys({ port, connections, plans: own });
      const failed = outcome.journeys.find(({ failure }) => failure !== null);
      if (failed !== undefined) throw new Error(`a journey failed: ${failed.failure ?? ''}`);
      return { count: own.length, seconds: outcome.seconds, latency: { p50: 0, p95: 0, p99: 0 } };
    },
  }));
  const rounds = await runRounds([...contestants, ...journeys], {
    rounds: roundCount,
    seconds,
    postmasterPid: postgres.postmasterPid(),
  });
  const ratios = ['GET', 'POST', 'journey'].flatMap((kind): readonly Figure[] => {
    const pair = [`${kind}, other`, `${kind}, this`] as const;
    return [
      {
        name: `${kind}: node, other / this`,
        rounds: divideRounds(rounds, pair, (round) => round.nodeMicroseconds),
        unit: '×',
      },
      {
        name: `${kind}: Postgres, other / this`,
        rounds: divideRounds(rounds, pair, (round) => round.postgresMicroseconds),
        unit: '×',
      },
      {
        name: `${kind}: rate, other / this`,
        rounds: divideRounds(rounds, pair, (round) => round.perSecond),
        unit: '×',
      },
    ];
  });
  report([...ratios, ...[...contestants, ...journeys].flatMap(({ name }) => listCosts(rounds, name, 'request'))], {
    postgres: await describePostgres(context),
    isKept: false,
  });
  for (const [, server] of servers) await server.kill('SIGTERM');
});
