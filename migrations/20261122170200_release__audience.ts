import type { Knex } from 'knex';

/**
 * A release has an edition for the network and, when its figures are public, a second one with a stricter mask. Nobody
 * but those who run the wave reads either before the embargo ends. A release that two people decide is asked for by one
 * and approved by another before the wave can be released at all.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE release
      ADD COLUMN audience text NOT NULL DEFAULT 'network' CHECK (audience IN ('network', 'public')),
      ADD COLUMN embargo_until timestamptz,
      DROP CONSTRAINT release_number_unique,
      ADD CONSTRAINT release_number_unique UNIQUE (wave_id, number, audience);
    CREATE TABLE release_request (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave CONSTRAINT release_request_once UNIQUE,
      requested_by uuid NOT NULL REFERENCES actor,
      requested_at timestamptz NOT NULL,
      visibility text NOT NULL CHECK (visibility IN ('network', 'public')),
      embargo_until timestamptz,
      approved_by uuid REFERENCES actor,
      CONSTRAINT release_request_two_people CHECK (approved_by <> requested_by)
    );
    CREATE FUNCTION guard_release_request() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.approved_by IS NOT NULL
         OR (NEW.id, NEW.wave_id, NEW.requested_by, NEW.requested_at, NEW.visibility, NEW.embargo_until)
            IS DISTINCT FROM (OLD.id, OLD.wave_id, OLD.requested_by, OLD.requested_at, OLD.visibility, OLD.embargo_until) THEN
        RAISE EXCEPTION 'what was asked for is what is approved' USING ERRCODE = 'check_violation', CONSTRAINT = 'release_request_fixed';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER release_request_guard BEFORE UPDATE ON release_request
      FOR EACH ROW EXECUTE FUNCTION guard_release_request();
    CREATE FUNCTION guard_wave_release() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.release_needs_two OR EXISTS (SELECT FROM network WHERE network.id = NEW.network_id AND network.release_needs_two))
         AND NOT EXISTS (SELECT FROM release_request
                          WHERE release_request.wave_id = NEW.id AND release_request.approved_by IS NOT NULL) THEN
        RAISE EXCEPTION 'two people release' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_release_two_people';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER wave_release_guard BEFORE UPDATE ON wave
      FOR EACH ROW WHEN (OLD.state = 'closed' AND NEW.state = 'released') EXECUTE FUNCTION guard_wave_release();
  `);
}
