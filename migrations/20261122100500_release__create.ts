import type { Knex } from 'knex';

/** Releases: immutable sets of figures with the mask already applied. A suppressed row carries no figure at all. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE release (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      number integer NOT NULL CHECK (number >= 1),
      released_at timestamptz NOT NULL,
      policy jsonb NOT NULL,
      lattice jsonb NOT NULL,
      participation jsonb NOT NULL,
      policy_sha256 text NOT NULL,
      lattice_sha256 text NOT NULL,
      input_sha256 text NOT NULL,
      instrument_sha256 text NOT NULL,
      baselines_sha256 text NOT NULL,
      software_version text NOT NULL,
      CONSTRAINT release_number_unique UNIQUE (wave_id, number)
    );
    CREATE TABLE release_estimate (
      release_id uuid NOT NULL REFERENCES release,
      indicator text NOT NULL,
      option text NOT NULL,
      group_key text NOT NULL,
      is_suppressed boolean NOT NULL,
      n integer,
      share double precision,
      se double precision,
      se_no_fpc double precision,
      df integer,
      low double precision,
      high double precision,
      flags text[],
      PRIMARY KEY (release_id, group_key, indicator, option),
      CONSTRAINT release_estimate_suppressed_is_empty CHECK (
        (is_suppressed AND num_nonnulls(n, share, se, se_no_fpc, df, low, high, flags) = 0)
        OR (NOT is_suppressed AND num_nulls(n, share, se, se_no_fpc, df, low, high, flags) = 0))
    );
    CREATE TABLE release_comparison (
      release_id uuid NOT NULL REFERENCES release,
      indicator text NOT NULL,
      option text NOT NULL,
      group_key text NOT NULL,
      comparator text NOT NULL,
      is_suppressed boolean NOT NULL,
      difference double precision,
      low double precision,
      high double precision,
      p double precision,
      q double precision,
      verdict text CHECK (verdict IN ('above', 'below', 'no_clear_difference', 'not_tested')),
      PRIMARY KEY (release_id, group_key, indicator, option),
      CONSTRAINT release_comparison_suppressed_is_empty CHECK (
        (is_suppressed AND num_nonnulls(difference, low, high, p, q, verdict) = 0)
        OR (NOT is_suppressed AND num_nulls(difference, low, high, verdict) = 0))
    );
    CREATE TABLE release_hidden_reason (
      release_id uuid NOT NULL REFERENCES release,
      indicator text NOT NULL,
      group_key text NOT NULL,
      reason text NOT NULL,
      PRIMARY KEY (release_id, indicator, group_key)
    );
    CREATE FUNCTION refuse_release_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a release never changes' USING ERRCODE = 'check_violation', CONSTRAINT = 'release_immutable';
    END $$;
    CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON release FOR EACH ROW EXECUTE FUNCTION refuse_release_change();
    CREATE TRIGGER release_estimate_immutable BEFORE UPDATE OR DELETE ON release_estimate FOR EACH ROW EXECUTE FUNCTION refuse_release_change();
    CREATE TRIGGER release_comparison_immutable BEFORE UPDATE OR DELETE ON release_comparison FOR EACH ROW EXECUTE FUNCTION refuse_release_change();
    CREATE TRIGGER release_hidden_reason_immutable BEFORE UPDATE OR DELETE ON release_hidden_reason FOR EACH ROW EXECUTE FUNCTION refuse_release_change();
  `);
}
