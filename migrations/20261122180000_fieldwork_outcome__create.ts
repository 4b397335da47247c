import type { Knex } from 'knex';

/**
 * What is kept of fieldwork when a wave closes: outcomes of the groups that its board shows, answers by day, and how many
 * respondents took theirs back. Counts of groups only; no row leads to a unit or a person.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE wave ADD COLUMN IF NOT EXISTS target_response_rate integer CHECK (target_response_rate BETWEEN 1 AND 100);
    CREATE TABLE fieldwork_outcome (
      wave_id uuid NOT NULL REFERENCES wave,
      organisation_id uuid REFERENCES organisation,
      sector text,
      size text,
      invited integer NOT NULL CHECK (invited > 0),
      answered integer NOT NULL CHECK (answered >= 0),
      refused integer NOT NULL CHECK (refused >= 0),
      not_contacted integer NOT NULL CHECK (not_contacted >= 0),
      other integer NOT NULL CHECK (other >= 0),
      undeliverable integer NOT NULL CHECK (undeliverable >= 0),
      ineligible integer NOT NULL CHECK (ineligible >= 0),
      complete integer CHECK (complete >= 0),
      partial integer CHECK (partial >= 0),
      CONSTRAINT fieldwork_outcome_adds_up CHECK (
        answered + refused + not_contacted + other + undeliverable + ineligible = invited),
      CONSTRAINT fieldwork_outcome_answers CHECK (
        num_nonnulls(complete, partial) = 0 OR (num_nonnulls(complete, partial) = 2 AND complete + partial = answered))
    );
    CREATE UNIQUE INDEX fieldwork_outcome_group ON fieldwork_outcome
      (wave_id, coalesce(organisation_id::text, ''), coalesce(sector, ''), coalesce(size, ''));
    CREATE TABLE fieldwork_day (
      wave_id uuid NOT NULL REFERENCES wave,
      organisation_id uuid REFERENCES organisation,
      day date NOT NULL,
      answered integer NOT NULL CHECK (answered > 0)
    );
    CREATE UNIQUE INDEX fieldwork_day_group ON fieldwork_day (wave_id, coalesce(organisation_id::text, ''), day);
    CREATE TABLE withdrawal (
      wave_id uuid PRIMARY KEY REFERENCES wave,
      withdrawals integer NOT NULL CHECK (withdrawals > 0)
    );
  `);
}
