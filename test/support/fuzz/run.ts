import { exchangeBytes } from './exchange';
import { createFuzzer, type FuzzRequest } from './requests';
import type { Route } from './list-routes';
import type { FuzzSite } from './site';
import { judgeReply } from './verdict';

/** One answer that was wrong. */
export interface Violation {
  readonly number: number;
  readonly request: FuzzRequest;
  readonly wrong: readonly string[];
}

export interface FuzzOutcome {
  readonly violations: readonly Violation[];
  /** Answers by status; 0 for none. */
  readonly statuses: ReadonlyMap<number, number>;
}

export interface FuzzRun {
  readonly seed: number;
  readonly count: number;
  readonly connections: number;
  readonly routes: readonly Route[];
  readonly site: FuzzSite;
  readonly progress?: (done: number) => void;
}

/** Sends requests, several at a time, and judges every answer. */
export async function runFuzz({ seed, count, connections, routes, site, progress }: FuzzRun): Promise<FuzzOutcome> {
  const next = createFuzzer(seed, routes, site);
  const secrets = [...site.respondents.map(({ token }) => token), ...site.signInTokens];
  const violations: Violation[] = [];
  const statuses = new Map<number, number>();
  let number = 0;
  const work = async (): Promise<void> => {
    while (number < count) {
      number += 1;
      const own = number;
      const request = next();
      const reply = await exchangeBytes(site.port, request);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(reply.text)?.[1] ?? 0);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const wrong = judgeReply(request, reply, secrets);
      if (wrong.length > 0) violations.push({ number: own, request, wrong });
      progress?.(own);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return { violations, statuses };
}
