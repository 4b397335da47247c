import type { Knex } from 'knex';

/** What page 1 tells about the processing of personal data, per wave and per controller. Fixed when the wave opens. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE wave_privacy (
      wave_id uuid PRIMARY KEY REFERENCES wave,
      purpose jsonb NOT NULL,
      legal_basis text NOT NULL CHECK (legal_basis IN ('public_task', 'legal_obligation', 'legitimate_interest')),
      national_basis text CHECK (length(national_basis) BETWEEN 1 AND 500),
      confirmed_by text CHECK (length(confirmed_by) BETWEEN 1 AND 200),
      confirmed_on date,
      processor text CHECK (length(processor) BETWEEN 1 AND 200)
    );
    CREATE TABLE wave_privacy_organisation (
      wave_id uuid NOT NULL REFERENCES wave,
      organisation_id uuid NOT NULL REFERENCES organisation,
      controller text NOT NULL CHECK (length(controller) BETWEEN 1 AND 200),
      officer_name text CHECK (length(officer_name) BETWEEN 1 AND 200),
      officer_email text CHECK (length(officer_email) BETWEEN 3 AND 254),
      agreement_on date,
      discussed_on date,
      PRIMARY KEY (wave_id, organisation_id)
    );
    CREATE TRIGGER wave_privacy_fixed BEFORE INSERT OR UPDATE OR DELETE ON wave_privacy
      FOR EACH ROW EXECUTE FUNCTION refuse_change_after_opening();
    CREATE TRIGGER wave_privacy_organisation_fixed BEFORE INSERT OR UPDATE OR DELETE ON wave_privacy_organisation
      FOR EACH ROW EXECUTE FUNCTION refuse_change_after_opening();
  `);
}
