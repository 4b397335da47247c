import type { Knex } from 'knex';

/** When the installation last looked at the clock, and from when on it believes what it saw: one row. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE clock_sighting (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      seen_at timestamptz NOT NULL,
      trusted_from timestamptz NOT NULL
    );
  `);
}
