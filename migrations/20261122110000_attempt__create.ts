import type { Knex } from 'knex';

/**
 * How often network addresses have tried what is limited, under hashes made with a key of the day. Not logged: neither
 * keys nor counts reach a backup of the log, and a crash, which empties both, does no harm.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE UNLOGGED TABLE attempt_key (
      day date PRIMARY KEY,
      value bytea NOT NULL CHECK (length(value) = 32)
    );
    CREATE UNLOGGED TABLE attempt (
      subject bytea PRIMARY KEY CHECK (length(subject) = 32),
      attempts integer NOT NULL,
      window_ends_at timestamptz NOT NULL
    );
  `);
}
