import type { Knex } from 'knex';

/**
 * What is planned for a wave before it opens, and what of it cannot change afterwards. A wave without a public cell size
 * has not told its respondents that figures may become public, so they never do.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE network ADD COLUMN IF NOT EXISTS release_needs_two boolean NOT NULL DEFAULT false;
    ALTER TABLE wave
      ADD COLUMN opens_on date,
      ADD COLUMN target_response_rate integer CHECK (target_response_rate BETWEEN 1 AND 100),
      ADD COLUMN retention_days integer NOT NULL DEFAULT 180 CHECK (retention_days BETWEEN 1 AND 730),
      ADD COLUMN public_cell_size integer DEFAULT 10 CONSTRAINT wave_public_cell_size_floor CHECK (public_cell_size >= 10),
      ADD COLUMN release_needs_two boolean NOT NULL DEFAULT false,
      ADD CONSTRAINT wave_cell_size_is_policy CHECK (minimum_cell_size = CAST(policy ->> 'minimumCellSize' AS integer));
    UPDATE wave SET public_cell_size = NULL WHERE state <> 'draft';
    CREATE TABLE wave_left_out (
      wave_id uuid NOT NULL REFERENCES wave,
      organisation_id uuid NOT NULL REFERENCES organisation,
      PRIMARY KEY (wave_id, organisation_id)
    );
    CREATE OR REPLACE FUNCTION guard_wave() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state <> 'draft' AND (
           NEW.network_id, NEW.instrument_version_id, NEW.anonymity_level, NEW.key, NEW.period, NEW.opened_on,
           NEW.population, NEW.opens_on, NEW.retention_days)
           IS DISTINCT FROM (OLD.network_id, OLD.instrument_version_id, OLD.anonymity_level, OLD.key, OLD.period,
           OLD.opened_on, OLD.population, OLD.opens_on, OLD.retention_days)
         OR OLD.state IN ('closed', 'released') AND (NEW.closed_on, NEW.closes_on) IS DISTINCT FROM (OLD.closed_on, OLD.closes_on)
         OR OLD.state = 'released' AND NEW.released_on IS DISTINCT FROM OLD.released_on THEN
        RAISE EXCEPTION 'fixed when the wave opened' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_fixed_at_opening';
      END IF;
      IF OLD.state <> 'draft' AND (NEW.minimum_cell_size < OLD.minimum_cell_size
           OR (NEW.policy ->> 'minimumCellSize')::int < (OLD.policy ->> 'minimumCellSize')::int
           OR (NEW.policy - 'minimumCellSize') IS DISTINCT FROM (OLD.policy - 'minimumCellSize')
           OR NEW.public_cell_size < OLD.public_cell_size
           OR OLD.public_cell_size IS NULL AND NEW.public_cell_size IS NOT NULL
           OR OLD.release_needs_two AND NOT NEW.release_needs_two
           OR NEW.delete_addresses_on IS DISTINCT FROM OLD.delete_addresses_on) THEN
        RAISE EXCEPTION 'a promise made at opening' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_promise';
      END IF;
      IF array_position(ARRAY['draft', 'open', 'closed', 'released'], NEW.state)
           NOT IN (array_position(ARRAY['draft', 'open', 'closed', 'released'], OLD.state),
                   array_position(ARRAY['draft', 'open', 'closed', 'released'], OLD.state) + 1) THEN
        RAISE EXCEPTION 'states follow each other' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_state_order';
      END IF;
      RETURN NEW;
    END $$;
    CREATE FUNCTION refuse_change_after_opening() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      draft_wave uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.wave_id ELSE NEW.wave_id END;
      wave_state text;
    BEGIN
      -- Waits for an opening that is under way.
      SELECT wave.state INTO wave_state FROM wave WHERE wave.id = draft_wave FOR SHARE;
      IF wave_state <> 'draft' OR (TG_OP = 'UPDATE' AND NEW.wave_id <> OLD.wave_id) THEN
        RAISE EXCEPTION 'fixed when the wave opened' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_fixed_at_opening';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER wave_left_out_fixed BEFORE INSERT OR UPDATE OR DELETE ON wave_left_out
      FOR EACH ROW EXECUTE FUNCTION refuse_change_after_opening();
  `);
}
