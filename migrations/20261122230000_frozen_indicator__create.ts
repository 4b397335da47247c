import type { Knex } from 'knex';

/**
 * What has been decided of a release that is being made, so that it can be taken up again. Without a reference to the wave:
 * the release under way holds its row.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE frozen_indicator (
      input_sha256 text NOT NULL,
      edition text NOT NULL CHECK (edition IN ('network', 'public')),
      indicator text NOT NULL,
      groups jsonb NOT NULL,
      frozen_on date NOT NULL,
      PRIMARY KEY (input_sha256, edition, indicator)
    );
    ALTER TABLE wave_job ADD COLUMN phase text NOT NULL DEFAULT 'reading' CHECK (phase IN ('reading', 'computing'));
  `);
}
