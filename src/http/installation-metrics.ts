import type { Metric, Sample } from '../formats/prometheus';
import type { Metrics } from '../usecases/visitor/read-metrics';
import type { DurationCounts } from './request-durations';

/**
 * Puts the durations of requests into a histogram.
 * @param counts requests by route pattern, method and kind of answer
 */
export function describeDurations(counts: readonly DurationCounts[]): Metric {
  const samples = counts.flatMap(({ method, route, status, upTo, count, seconds }): Sample[] => {
    const labels = { method, route, status };
    const bounds = [
      ...upTo.map((one) => ({ le: String(one.seconds), value: one.count })),
      { le: '+Inf', value: count },
    ];
    return [
      ...bounds.map(({ le, value }) => ({ suffix: '_bucket', labels: { ...labels, le }, value })),
      { suffix: '_sum', labels, value: seconds },
      { suffix: '_count', labels, value: count },
    ];
  });
  return { name: 'http_request_duration_seconds', help: 'Answers by route pattern.', type: 'histogram', samples };
}

function gauge(name: string, help: string, samples: readonly Sample[]): Metric {
  return { name: `barometer_${name}`, help, type: 'gauge', samples };
}

function single(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

function describeBatches(batches: Metrics['batches']): readonly Metric[] {
  const count = (what: 'batches' | 'requests') =>
    Object.entries(batches).map(([kind, counts]) => ({ labels: { kind }, value: counts[what] }));
  return [
    {
      name: 'barometer_respondent_statements_total',
      help: 'Statements that respondents share.',
      type: 'counter',
      samples: count('batches'),
    },
    {
      name: 'barometer_respondent_requests_total',
      help: 'Requests of respondents in those statements.',
      type: 'counter',
      samples: count('requests'),
    },
  ];
}

function describeDatabase(database: NonNullable<Metrics['database']>): readonly Metric[] {
  const byState = (kind: string) =>
    database.counts
      .filter((one) => one.kind === kind)
      .map(({ task, state, count }) => ({ labels: task === null ? { state } : { task, state }, value: count }));
  return [
    gauge('migrations_pending', 'Migrations not run yet.', single(database.pendingMigrations)),
    gauge('queue_oldest_due_seconds', 'How long the oldest due job has waited.', single(database.oldestDueSeconds)),
    gauge('waves', 'Waves by state.', byState('wave')),
    gauge('mailings', 'Mailings by state.', byState('mailing')),
    gauge('mails', 'Mails by state.', byState('mail')),
    gauge('jobs', 'Jobs by task and state.', byState('job')),
  ];
}

/**
 * Puts what a process and its installation have under way into metrics.
 * @param metrics the counts
 */
export function describeInstallation({ softwareVersion, connections, batches, database }: Metrics): readonly Metric[] {
  return [
    gauge('info', 'Version of the program.', [{ labels: { version: softwareVersion }, value: 1 }]),
    gauge('database_up', '1: the database answers.', single(database === null ? 0 : 1)),
    gauge(
      'pool_connections',
      'Connections of this process to the database; awaited: requests that wait for one.',
      Object.entries(connections).map(([state, value]) => ({ labels: { state }, value })),
    ),
    ...describeBatches(batches),
    ...(database === null ? [] : describeDatabase(database)),
  ];
}
