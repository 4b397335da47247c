import type { Knex } from 'knex';

/** Versioned questionnaires: the exact bytes of survey.json and codebook.json and their SHA-256. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE instrument_version (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      instrument text NOT NULL,
      version integer NOT NULL CHECK (version >= 1),
      survey text NOT NULL,
      codebook text NOT NULL,
      sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
      is_frozen boolean NOT NULL DEFAULT false,
      CONSTRAINT instrument_version_unique UNIQUE (instrument, version)
    );
    CREATE FUNCTION refuse_frozen_instrument() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.is_frozen THEN
        RAISE EXCEPTION 'instrument version is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'instrument_version_frozen';
      END IF;
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER instrument_version_frozen BEFORE UPDATE OR DELETE ON instrument_version
      FOR EACH ROW EXECUTE FUNCTION refuse_frozen_instrument();
  `);
}
