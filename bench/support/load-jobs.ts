/** Requests sent again and again over some connections, each connection one at a time. */
export interface RepeatJob {
  readonly kind: 'repeat';
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly string[];
  readonly seconds: number;
  readonly expectedStatus: number;
  /** Sends every request once at most, and ends when there are no more. */
  readonly isOnce: boolean;
}

/** Requests one after the other at fixed times; a late answer delays no later request, and waiting for a connection counts. */
export interface RateJob {
  readonly kind: 'rate';
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly string[];
  readonly perSecond: number;
  readonly seconds: number;
  readonly expectedStatus: number;
}

/** One respondent: the link, what will be answered and the network address it seems to come from. */
export interface JourneyPlan {
  readonly link: string;
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  readonly address: string;
}

/** Whole journeys from the link to the receipt. */
export interface JourneysJob {
  readonly kind: 'journeys';
  readonly port: number;
  readonly connections: number;
  readonly plans: readonly JourneyPlan[];
}

export type LoadJob = RepeatJob | RateJob | JourneysJob;

/** What became of a repeat or rate job. */
export interface LoadOutcome {
  readonly count: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
}

/** What became of a rate job: every latency as well, in rising order, in milliseconds. */
export interface RateOutcome extends LoadOutcome {
  readonly latencies: readonly number[];
}

/** How far one respondent came, by what the server has acknowledged. */
export interface JourneyOutcome {
  readonly link: string;
  readonly requests: number;
  /** Answers of every page whose saving was acknowledged. */
  readonly saved: Readonly<Record<string, string | readonly string[]>>;
  readonly isSent: boolean;
  /** Sending was tried. */
  readonly hasTriedSending: boolean;
  /** Null: came to the receipt. */
  readonly failure: string | null;
}

export interface JourneysOutcome {
  readonly seconds: number;
  readonly journeys: readonly JourneyOutcome[];
}
