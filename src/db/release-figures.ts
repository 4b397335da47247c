import { z } from 'zod';
import type { ReleaseComparisonRow, ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import { storedComparators, type StoredComparator } from '../domain/benchmark/comparators';
import type { GroupKey, PrintedComparison } from '../domain/benchmark/types';
import { fromRelease } from '../domain/disclosure/publishable';
import { estimateFlags } from '../domain/statistics/types';
import { selectRows, type Bindings, type Database } from './database';

/** Which figures of a release to read; indicators left out: all of them. */
export interface FigureSelection {
  readonly releaseId: string;
  readonly groups: readonly GroupKey[];
  readonly indicators?: readonly string[];
}

/** Which comparisons of a release to read; kinds left out: all of them. */
export interface ComparisonSelection extends FigureSelection {
  readonly kinds?: readonly StoredComparator[];
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
    effective_no_fpc: z.number().nullable(),
    flags: z.array(z.enum(estimateFlags)),
  }),
]);

const comparisonShape = { ...addressShape, kind: z.enum(storedComparators), comparator: z.string() };

const printedSchema = z.object({
  percent: z.number(),
  lowPercent: z.number(),
  highPercent: z.number(),
  isCoarse: z.boolean(),
  n: z.number().nullable(),
  organisations: z.number().nullable(),
  differencePoints: z.number(),
  lowPoints: z.number(),
  highPoints: z.number(),
}) satisfies z.ZodType<PrintedComparison>;

const comparisonSchema = z.discriminatedUnion('is_suppressed', [
  z.object({ ...comparisonShape, is_suppressed: z.literal(true) }),
  z.object({
    ...comparisonShape,
    is_suppressed: z.literal(false),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number().nullable(),
    q: z.number().nullable(),
    verdict: z.enum(['above', 'below', 'no_clear_difference', 'not_tested']),
    printed: printedSchema.nullable(),
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
    sql: `SELECT indicator, option, group_key AS "group", is_suppressed, n, share, se, se_no_fpc, df, low, high,
            effective_no_fpc, flags
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
    const effective = row.effective_no_fpc === null ? {} : { effectiveNoFpc: row.effective_no_fpc };
    const figure = { ...address, n, share, se, seNoFpc: row.se_no_fpc, df, low, high, flags, ...effective };
    return { ...address, estimate: fromRelease({ releaseId: selection.releaseId, isSuppressed: false, figure }) };
  });
}

/**
 * Reads comparisons of a release.
 * @param db the database or a transaction
 * @param selection release, groups (of organisations), indicators and kinds of comparators
 * @returns rows by group, indicator and option; suppressed ones carry nothing
 */
export async function selectReleaseComparisons(
  db: Database,
  selection: ComparisonSelection,
): Promise<readonly ReleaseComparisonRow[]> {
  const rows = await selectRows<z.infer<typeof comparisonSchema>>(db, comparisonSchema, {
    sql: `SELECT indicator, option, group_key AS "group", kind, comparator, is_suppressed, difference, low, high, p, q,
            verdict,
            CASE WHEN comparator_percent IS NOT NULL THEN json_build_object(
              'percent', comparator_percent, 'lowPercent', comparator_low, 'highPercent', comparator_high, 'isCoarse', comparator_is_coarse,
              'n', comparator_n, 'organisations', comparator_organisations, 'differencePoints', shown_difference,
              'lowPoints', shown_low, 'highPoints', shown_high) END AS printed
       FROM release_comparison
      WHERE release_id = :releaseId AND group_key = ANY(CAST(:groups AS text[]))
        AND (CAST(:indicators AS text[]) IS NULL OR indicator = ANY(CAST(:indicators AS text[])))
        AND (CAST(:kinds AS text[]) IS NULL OR kind = ANY(CAST(:kinds AS text[])))
      ORDER BY group_key COLLATE "C", indicator COLLATE "C", option COLLATE "C", kind COLLATE "C", comparator COLLATE "C"`,
    bindings: { ...bind(selection), kinds: selection.kinds ?? null },
  });
  return rows.map((row) => {
    const { indicator, option, group, kind, comparator } = row;
    const address = { indicator, option, group, kind, comparator };
    if (row.is_suppressed) return { ...address, comparison: fromRelease(undefined) };
    const { difference, low, high, p, q, verdict, printed } = row;
    const figure = { ...address, difference, low, high, p, q, verdict, printed };
    return { ...address, comparison: fromRelease({ releaseId: selection.releaseId, isSuppressed: false, figure }) };
  });
}

function bind({ releaseId, groups, indicators }: FigureSelection): Bindings {
  return { releaseId, groups, indicators: indicators ?? null };
}
