import type { Knex } from 'knex';

/** Responses that an administrator has erased at somebody's request; when and how it was found, nothing that leads to it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE erasure (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      erased_on date NOT NULL,
      found_by text NOT NULL CHECK (found_by IN ('receipt', 'sole_response'))
    );
    CREATE INDEX erasure_wave ON erasure (wave_id);
  `);
}
