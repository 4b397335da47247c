/** Upper ends of the classes that durations are counted in, in seconds. */
const upperSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Requests of one kind. */
export interface DurationCounts {
  readonly method: string;
  /** Pattern of the address, never the address. */
  readonly route: string;
  /** 2xx, 3xx, 4xx or 5xx. */
  readonly status: string;
  /** How many took no longer than each of the bounds. */
  readonly upTo: readonly { readonly seconds: number; readonly count: number }[];
  readonly count: number;
  readonly seconds: number;
}

export interface RequestDurations {
  readonly observe: (request: Pick<DurationCounts, 'method' | 'route'> & { status: number; seconds: number }) => void;
  readonly read: () => readonly DurationCounts[];
}

interface Tally {
  readonly inClass: number[];
  count: number;
  seconds: number;
}

/**
 * Counts how long requests take. Made for the busiest path: a request costs a look-up and three additions; names and
 * texts are put together when somebody reads them.
 */
export function countRequestDurations(): RequestDurations {
  const tallies = new Map<string, Map<string, Tally>[]>();
  const findTally = (method: string, route: string, status: number): Tally => {
    const byStatus = tallies.get(route) ?? [];
    tallies.set(route, byStatus);
    const byMethod = (byStatus[status] ??= new Map<string, Tally>());
    const tally = byMethod.get(method) ?? { inClass: upperSeconds.map(() => 0), count: 0, seconds: 0 };
    byMethod.set(method, tally);
    return tally;
  };
  return {
    observe: ({ method, route, status, seconds }) => {
      const tally = findTally(method, route, Math.floor(status / 100));
      const place = upperSeconds.findIndex((upper) => seconds <= upper);
      if (place !== -1) tally.inClass[place] = (tally.inClass[place] ?? 0) + 1;
      tally.count += 1;
      tally.seconds += seconds;
    },
    read: () =>
      [...tallies].flatMap(([route, byStatus]) =>
        byStatus.flatMap((byMethod, status) =>
          [...byMethod].map(([method, tally]) => describe({ method, route, status: `${status}xx` }, tally)),
        ),
      ),
  };
}

function describe(kind: Pick<DurationCounts, 'method' | 'route' | 'status'>, tally: Tally): DurationCounts {
  let count = 0;
  const upTo = upperSeconds.map((seconds, place) => {
    count += tally.inClass[place] ?? 0;
    return { seconds, count };
  });
  return { ...kind, upTo, count: tally.count, seconds: tally.seconds };
}
