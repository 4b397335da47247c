import type { Knex } from 'knex';

/**
 * Responses, one partition a wave: a ballot box while the wave is open, rewritten in random order when it closes. No
 * invitation, unit, person, clock time, serial number or transaction id.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE response (
      id uuid NOT NULL DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL,
      stratum text NOT NULL,
      answers jsonb NOT NULL,
      PRIMARY KEY (wave_id, id)
    ) PARTITION BY LIST (wave_id);
  `);
}
