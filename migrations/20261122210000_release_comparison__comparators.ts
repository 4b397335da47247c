import type { Knex } from 'knex';

/**
 * An organisation is compared with more than the rest of its network. What is printed of the other comparators is stored
 * as it is printed, in per cent and points; the rest of the network is printed from its own figure. Releases made before
 * have comparisons with the rest only, and no effective sample size.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE release ADD COLUMN comparators jsonb;
    ALTER TABLE release_estimate
      ADD COLUMN effective_no_fpc double precision,
      DROP CONSTRAINT release_estimate_suppressed_is_empty,
      ADD CONSTRAINT release_estimate_suppressed_is_empty CHECK (
        (is_suppressed AND num_nonnulls(n, share, se, se_no_fpc, df, low, high, flags, effective_no_fpc) = 0)
        OR (NOT is_suppressed AND num_nulls(n, share, se, se_no_fpc, df, low, high, flags) = 0));
    ALTER TABLE release_comparison
      ADD COLUMN kind text NOT NULL DEFAULT 'rest'
        CHECK (kind IN ('rest', 'network', 'organisations', 'wave', 'baseline')),
      ADD COLUMN comparator_percent double precision,
      ADD COLUMN comparator_low integer,
      ADD COLUMN comparator_high integer,
      ADD COLUMN comparator_is_coarse boolean,
      ADD COLUMN comparator_n integer,
      ADD COLUMN comparator_organisations integer,
      ADD COLUMN shown_difference integer,
      ADD COLUMN shown_low integer,
      ADD COLUMN shown_high integer,
      DROP CONSTRAINT release_comparison_pkey,
      ADD PRIMARY KEY (release_id, group_key, kind, comparator, indicator, option),
      DROP CONSTRAINT release_comparison_suppressed_is_empty,
      ADD CONSTRAINT release_comparison_suppressed_is_empty CHECK (
        (is_suppressed
         AND num_nonnulls(difference, low, high, p, q, verdict, comparator_percent, comparator_low, comparator_high,
                          comparator_is_coarse, comparator_n, comparator_organisations, shown_difference, shown_low, shown_high) = 0)
        OR (NOT is_suppressed AND num_nulls(difference, low, high, verdict) = 0)),
      ADD CONSTRAINT release_comparison_is_printed CHECK (
        num_nonnulls(comparator_percent, comparator_low, comparator_high, comparator_is_coarse, shown_difference,
                     shown_low, shown_high)
        = CASE WHEN is_suppressed OR kind = 'rest' THEN 0 ELSE 7 END);
    ALTER TABLE release_comparison ALTER COLUMN kind DROP DEFAULT;
  `);
}
