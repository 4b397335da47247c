import type { Knex } from 'knex';

/** What a network has agreed for its next waves; a wave that exists keeps what it began with. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE network
      ADD COLUMN release_needs_two boolean NOT NULL DEFAULT false,
      ADD COLUMN minimum_cell_size integer NOT NULL DEFAULT 5
        CONSTRAINT network_minimum_cell_size_floor CHECK (minimum_cell_size BETWEEN 5 AND 100);
  `);
}
