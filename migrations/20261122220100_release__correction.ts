import type { Knex } from 'knex';

/**
 * A released wave can be released again as a correction: with the next number, for a reason that everybody reads, and by
 * two people where the first release needs two. What an earlier release stored stays as it is.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE release
      ADD COLUMN reason text CONSTRAINT release_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
      ADD CONSTRAINT release_reason_of_correction CHECK ((number = 1) = (reason IS NULL));
    ALTER TABLE release_request
      ADD COLUMN reason text CONSTRAINT release_request_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
      ADD COLUMN minimum_cell_size integer CHECK (minimum_cell_size BETWEEN 5 AND 100),
      ADD CONSTRAINT release_request_rules_of_correction CHECK ((reason IS NULL) = (minimum_cell_size IS NULL));
    ALTER TABLE wave_job
      DROP CONSTRAINT wave_job_step_check,
      ADD CONSTRAINT wave_job_step_check CHECK (step IN ('close', 'release', 'correct'));
    CREATE OR REPLACE FUNCTION guard_release_request() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.approved_by IS NOT NULL
         OR (NEW.id, NEW.wave_id, NEW.requested_by, NEW.requested_at, NEW.visibility, NEW.embargo_until, NEW.reason,
             NEW.minimum_cell_size)
            IS DISTINCT FROM (OLD.id, OLD.wave_id, OLD.requested_by, OLD.requested_at, OLD.visibility, OLD.embargo_until, OLD.reason,
             OLD.minimum_cell_size) THEN
        RAISE EXCEPTION 'what was asked for is what is approved' USING ERRCODE = 'check_violation', CONSTRAINT = 'release_request_fixed';
      END IF;
      RETURN NEW;
    END $$;
    CREATE FUNCTION guard_correction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM wave WHERE wave.id = NEW.wave_id AND wave.state = 'released') THEN
        RAISE EXCEPTION 'only what is released is corrected' USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_of_released';
      END IF;
      IF EXISTS (SELECT FROM wave JOIN network ON network.id = wave.network_id
                  WHERE wave.id = NEW.wave_id AND (wave.release_needs_two OR network.release_needs_two))
         AND NOT EXISTS (SELECT FROM release_request
                          WHERE release_request.wave_id = NEW.wave_id AND release_request.reason IS NOT NULL
                            AND release_request.approved_by IS NOT NULL) THEN
        RAISE EXCEPTION 'two people release' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_release_two_people';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER release_correction_guard BEFORE INSERT ON release
      FOR EACH ROW WHEN (NEW.number > 1) EXECUTE FUNCTION guard_correction();
  `);
}
