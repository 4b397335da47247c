import type { Knex } from 'knex';

/** Limits besides k that a network has agreed to make stricter; what is not named has its default. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE network ADD COLUMN agreed_limits jsonb NOT NULL DEFAULT '{}'`);
}
