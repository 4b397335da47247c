import { z } from 'zod';
import type { ReleaseComparisonRow, ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import type { GroupKey } from '../domain/benchmark/types';
import { fromRelease } from '../domain/disclosure/publishable';
import { selectRows, type Bindings, type Database } from './database';

/** Which figures of a release to read; indicators left out: all of them. */
export interface FigureSelection {
  readonly releaseId: string;
  readonly groups: readonly GroupKey[];
  readonly indicators?: readonly string[];
}

const addressShape = { indicator: z.string(), option: z.string(), group: z.string() };

const estimateSchema = z.discriminatedUnion('is_suppressed', [
  z.object({ ...addressShape, is_suppressed: z.literal(true) }),
  z.object({
    ...addressShape,
    is_suppressed: z.literal(false),
    n: z.number(),
    share: z.number(),
    se: z.number(),
    se_no_fpc: z.number(),
    df: z.number(),
    low: z.number(),
    high: z.number(),
    flags: z.array(z.enum(['high_nonresponse_adjustment', 'variable_weights', 'unreliable', 'no_interval'])),
  }),
]);

const comparisonSchema = z.discriminatedUnion('is_suppressed', [
  z.object({ ...addressShape, comparator: z.string(), is_suppressed: z.literal(true) }),
  z.object({
    ...addressShape,
    comparator: z.string(),
    is_suppressed: z.literal(false),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number().nullable(),
    q: z.number().nullable(),
    verdict: z.enum(['above', 'below', 'no_clear_difference', 'not_tested']),
  }),
]);

/**
 * Reads figures of a release, for instance of one organisation and the rest of its network.
 * @param db the database or a transaction
 * @param selection release, groups and indicators
 * @returns rows by group, indicator and option; suppressed ones carry nothing
 */
export async function selectReleaseEstimates(
  db: Database,
  selection: FigureSelection,
): Promise<readonly ReleaseEstimateRow[]> {
  const rows = await selectRows<z.infer<typeof estimateSchema>>(db, estimateSchema, {
    sql: `SELECT indicator, option, group_key AS "group", is_suppressed, n, share, se, se_no_fpc, df, low, high, flags
       FROM release_estimate
      WHERE release_id = :releaseId AND group_key = ANY(CAST(:groups AS text[]))
        AND (CAST(:indicators AS text[]) IS NULL OR indicator = ANY(CAST(:indicators AS text[])))
      ORDER BY group_key COLLATE "C", indicator COLLATE "C", option COLLATE "C"`,
    bindings: bind(selection),
  });
  return rows.map((row) => {
    const { indicator, option, group } = row;
    const address = { indicator, option, group };
    if (row.is_suppressed) return { ...address, estimate: fromRelease(undefined) };
    const { n, share, se, df, low, high, flags } = row;
    const figure = { ...address, n, share, se, seNoFpc: row.se_no_fpc, df, low, high, flags };
    return { ...address, estimate: fromRelease({ releaseId: selection.releaseId, isSuppressed: false, figure }) };
  });
}

/**
 * Reads comparisons of a release with the rest of the network.
 * @param db the database or a transaction
 * @param selection release, groups (of organisations) and indicators
 * @returns rows by group, indicator and option; suppressed ones carry nothing
 */
export async function selectReleaseComparisons(
  db: Database,
  selection: FigureSelection,
): Promise<readonly ReleaseComparisonRow[]> {
  const rows = await selectRows<z.infer<typeof comparisonSchema>>(db, comparisonSchema, {
    sql: `SELECT indicator, option, group_key AS "group", comparator, is_suppressed, difference, low, high, p, q, verdict
       FROM release_comparison
      WHERE release_id = :releaseId AND group_key = ANY(CAST(:groups AS text[]))
        AND (CAST(:indicators AS text[]) IS NULL OR indicator = ANY(CAST(:indicators AS text[])))
      ORDER BY group_key COLLATE "C", indicator COLLATE "C", option COLLATE "C"`,
    bindings: bind(selection),
  });
  return rows.map((row) => {
    const { indicator, option, group, comparator } = row;
    const address = { indicator, option, group, comparator };
    if (row.is_suppressed) return { ...address, comparison: fromRelease(undefined) };
    const { difference, low, high, p, q, verdict } = row;
    const figure = { ...address, difference, low, high, p, q, verdict };
    return { ...address, comparison: fromRelease({ releaseId: selection.releaseId, isSuppressed: false, figure }) };
  });
}

function bind({ releaseId, groups, indicators }: FigureSelection): Bindings {
  return { releaseId, groups, indicators: indicators ?? null };
}
