import type { Knex } from 'knex';

/** Closing or releasing a wave, asked for on its page and done in the background. The row goes when it is done. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE wave_job (
      wave_id uuid PRIMARY KEY REFERENCES wave,
      step text NOT NULL CHECK (step IN ('close', 'release')),
      state text NOT NULL CHECK (state IN ('waiting', 'running', 'failed')),
      actor_id uuid NOT NULL REFERENCES actor,
      requested_at timestamptz NOT NULL,
      done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
      total integer NOT NULL DEFAULT 0 CHECK (total >= 0),
      error_code text,
      error_values jsonb,
      CONSTRAINT wave_job_failed_with_error CHECK ((state = 'failed') = (error_code IS NOT NULL))
    );
  `);
}
