import type { Knex } from 'knex';

/**
 * Frames that people maintain: samples, employees, files between upload and confirmation. What weights are made of (which
 * units there are, their sector and size, how many people work there and how many are invited) is fixed when the wave
 * opens: counts of units and strata cannot change any more, only who the invited person of a unit is.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE unit
      ADD COLUMN employee_count integer CHECK (employee_count BETWEEN 1 AND 1000000),
      ADD COLUMN invited_count integer CHECK (invited_count >= 0);
    ALTER TABLE wave
      ADD COLUMN sample_seed text CHECK (length(sample_seed) BETWEEN 1 AND 64),
      ADD COLUMN sample_plan jsonb,
      ADD CONSTRAINT wave_sample_has_seed CHECK ((sample_seed IS NULL) = (sample_plan IS NULL));
    CREATE TABLE frame_import (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      actor_id uuid NOT NULL REFERENCES actor,
      file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
      content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 5242880),
      mapping jsonb,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL
    );
    CREATE INDEX frame_import_wave ON frame_import (wave_id, actor_id);
    CREATE INDEX frame_import_expiry ON frame_import (expires_at);
  `);
  await knex.raw(`
    CREATE FUNCTION refuse_frozen_frame() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the frame is fixed when the wave opens' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
    END $$;
    CREATE FUNCTION guard_unit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM wave WHERE wave.id IN (NEW.wave_id, OLD.wave_id) AND wave.state <> 'draft') THEN
        RAISE EXCEPTION 'the frame is fixed when the wave opens' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER unit_guard BEFORE INSERT OR DELETE OR UPDATE OF id, wave_id, organisation_id, key, sector, type, size,
      is_invited, employee_count, invited_count ON unit FOR EACH ROW EXECUTE FUNCTION guard_unit();
    CREATE FUNCTION guard_new_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      allowed integer;
    BEGIN
      SELECT coalesce(unit.invited_count, CAST(unit.is_invited AS integer)) INTO allowed
        FROM unit JOIN wave ON wave.id = unit.wave_id
       WHERE unit.id = NEW.unit_id AND wave.state <> 'draft';
      IF allowed IS NOT NULL AND (SELECT count(*) FROM invitation WHERE invitation.unit_id = NEW.unit_id) >= allowed THEN
        RAISE EXCEPTION 'nobody is added when the wave has opened' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER invitation_guard BEFORE INSERT ON invitation FOR EACH ROW EXECUTE FUNCTION guard_new_invitation();
    CREATE TRIGGER invitation_stays BEFORE UPDATE OF unit_id, wave_id ON invitation
      FOR EACH ROW WHEN ((NEW.unit_id, NEW.wave_id) IS DISTINCT FROM (OLD.unit_id, OLD.wave_id)) EXECUTE FUNCTION refuse_frozen_frame();
  `);
  await knex.raw(`
    CREATE FUNCTION strata_agree_with_units(wave_of_strata uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
      SELECT NOT EXISTS (
        SELECT FROM
          (SELECT stratum.organisation_id, sum(stratum.frame_count) AS frame_count, sum(stratum.invited_count) AS invited_count
             FROM stratum WHERE stratum.wave_id = wave_of_strata GROUP BY stratum.organisation_id) AS kept
          FULL JOIN
          (SELECT unit.organisation_id, sum(coalesce(unit.employee_count, 1)) AS frame_count,
                  sum(coalesce(unit.invited_count, CAST(unit.is_invited AS integer))) AS invited_count
             FROM unit WHERE unit.wave_id = wave_of_strata GROUP BY unit.organisation_id) AS counted
          ON kept.organisation_id = counted.organisation_id
        WHERE (kept.frame_count, kept.invited_count) IS DISTINCT FROM (counted.frame_count, counted.invited_count))
    $$;
    CREATE FUNCTION guard_stratum() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM wave WHERE wave.id IN (NEW.wave_id, OLD.wave_id) AND wave.state <> 'draft'
                    AND (TG_OP = 'UPDATE' OR wave.state <> 'open')) THEN
        RAISE EXCEPTION 'N and n are fixed when the wave opens' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
      END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
    CREATE TRIGGER stratum_guard BEFORE INSERT OR DELETE OR UPDATE OF wave_id, code, organisation_id, sector, size, cells,
      frame_count, invited_count ON stratum FOR EACH ROW EXECUTE FUNCTION guard_stratum();
    CREATE FUNCTION guard_merged_strata() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM wave WHERE wave.state = 'open' AND wave.id IN (SELECT added.wave_id FROM added)
                    AND NOT strata_agree_with_units(wave.id)) THEN
        RAISE EXCEPTION 'merging keeps N and n' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER stratum_merged AFTER INSERT ON stratum REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT EXECUTE FUNCTION guard_merged_strata();
    CREATE FUNCTION guard_wave_frame() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.sample_seed, NEW.sample_plan) IS DISTINCT FROM (OLD.sample_seed, OLD.sample_plan)
         OR (OLD.state = 'open' AND NEW.state = 'closed' AND NOT strata_agree_with_units(NEW.id)) THEN
        RAISE EXCEPTION 'the frame is fixed when the wave opens' USING ERRCODE = 'check_violation', CONSTRAINT = 'frame_fixed_at_opening';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER wave_frame_guard BEFORE UPDATE OF state, sample_seed, sample_plan ON wave
      FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION guard_wave_frame();
  `);
}
