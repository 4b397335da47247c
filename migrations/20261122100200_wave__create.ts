import type { Knex } from 'knex';

/** Waves. What was promised to respondents (instrument, anonymity level, policy) is fixed when the wave opens. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE wave (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      key text NOT NULL CONSTRAINT wave_key_unique UNIQUE CONSTRAINT wave_key_format CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
      network_id uuid NOT NULL REFERENCES network,
      instrument_version_id uuid NOT NULL REFERENCES instrument_version,
      period text NOT NULL CHECK (length(period) BETWEEN 1 AND 40),
      state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'closed', 'released')),
      anonymity_level text NOT NULL CHECK (anonymity_level IN ('anonym', 'fortrolig')),
      policy jsonb NOT NULL,
      minimum_cell_size integer NOT NULL CONSTRAINT wave_minimum_cell_size_floor CHECK (minimum_cell_size >= 5),
      opened_on date,
      closes_on date,
      closed_on date,
      released_on date,
      delete_addresses_on date,
      CONSTRAINT wave_dates_follow_state CHECK (
        (state = 'draft') = (opened_on IS NULL)
        AND (state IN ('closed', 'released')) = (closed_on IS NOT NULL)
        AND (state = 'released') = (released_on IS NOT NULL))
    );
    CREATE INDEX wave_network ON wave (network_id);
    CREATE FUNCTION guard_wave() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state <> 'draft' AND (
           NEW.network_id, NEW.instrument_version_id, NEW.anonymity_level, NEW.key, NEW.period, NEW.opened_on)
           IS DISTINCT FROM (OLD.network_id, OLD.instrument_version_id, OLD.anonymity_level, OLD.key, OLD.period, OLD.opened_on) THEN
        RAISE EXCEPTION 'fixed when the wave opened' USING ERRCODE = 'check_violation', CONSTRAINT = 'wave_fixed_at_opening';
      END IF;
      IF OLD.state <> 'draft' AND (NEW.minimum_cell_size < OLD.minimum_cell_size
           OR (NEW.policy ->> 'minimumCellSize')::int < (OLD.policy ->> 'minimumCellSize')::int
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
    CREATE TRIGGER wave_guard BEFORE UPDATE ON wave FOR EACH ROW EXECUTE FUNCTION guard_wave();
  `);
}
