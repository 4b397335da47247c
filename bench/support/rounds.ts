import type { Figure } from './figures';
import type { LoadOutcome } from './load-jobs';
import { readFamilySeconds, readProcessorSeconds } from './processor-time';

/** A server under load. */
export interface Contestant {
  readonly name: string;
  readonly pid: number;
  /** Loads the server for a while; a short one first warms it up. */
  readonly load: (seconds: number) => Promise<LoadOutcome>;
}

/** One round of one server. */
export interface Round {
  readonly perSecond: number;
  /** Processor time per request, microseconds. */
  readonly nodeMicroseconds: number;
  readonly postgresMicroseconds: number;
  readonly latency: LoadOutcome['latency'];
}

/** Enough for the compiler of Node to have seen every function often. */
const warmUpSeconds = 4;

export interface RoundOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly postmasterPid: number;
}

async function runRound({ pid, load }: Contestant, { seconds, postmasterPid }: RoundOptions): Promise<Round> {
  const [node, postgres] = [readProcessorSeconds(pid), readFamilySeconds(postmasterPid)];
  const outcome = await load(seconds);
  const perRequest = (used: number) => (used * 1e6) / Math.max(1, outcome.count);
  return {
    perSecond: outcome.count / outcome.seconds,
    nodeMicroseconds: perRequest(readProcessorSeconds(pid) - node),
    postgresMicroseconds: perRequest(readFamilySeconds(postmasterPid) - postgres),
    latency: outcome.latency,
  };
}

/**
 * Loads servers in turn, round after round, so that what else the machine does meets them all.
 * @param contestants the servers
 * @param options number and length of the rounds
 * @returns the rounds of every server by its name
 */
export async function runRounds(
  contestants: readonly Contestant[],
  options: RoundOptions,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  const rounds = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await contestant.load(warmUpSeconds);
  for (let round = 0; round < options.rounds; round += 1) {
    // To and fro, so that nobody always comes first.
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) rounds.get(contestant.name)?.push(await runRound(contestant, options));
  }
  return rounds;
}

/** One value of every round of a server. */
export function pluck(
  rounds: ReadonlyMap<string, readonly Round[]>,
  name: string,
  read: (round: Round) => number,
): readonly number[] {
  return (rounds.get(name) ?? []).map(read);
}

/** A value of one server divided by another's, round by round. */
export function divideRounds(
  rounds: ReadonlyMap<string, readonly Round[]>,
  [above, below]: readonly [string, string],
  read: (round: Round) => number,
): readonly number[] {
  const divisors = pluck(rounds, below, read);
  return pluck(rounds, above, read).map((value, index) => value / (divisors[index] ?? Number.NaN));
}

/** Rate, processor time and latency of one server as figures. */
export function listCosts(
  rounds: ReadonlyMap<string, readonly Round[]>,
  name: string,
  request: string,
): readonly Figure[] {
  return [
    { name: `${name}: rate`, rounds: pluck(rounds, name, (round) => round.perSecond), unit: `${request}s/s` },
    { name: `${name}: node`, rounds: pluck(rounds, name, (round) => round.nodeMicroseconds), unit: `µs/${request}` },
    {
      name: `${name}: Postgres`,
      rounds: pluck(rounds, name, (round) => round.postgresMicroseconds),
      unit: `µs/${request}`,
    },
    { name: `${name}: p95`, rounds: pluck(rounds, name, (round) => round.latency.p95), unit: 'ms' },
  ];
}
