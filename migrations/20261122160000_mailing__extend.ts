import type { Knex } from 'knex';

/**
 * What sending takes: how often a mail was tried, why a mailing stands still, and the counts that outlive the addresses.
 * A wave has one mailing under way at a time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE mailing
      ADD COLUMN fault text CHECK (fault IN
        ('login', 'tls', 'sender', 'protocol', 'unreachable', 'refusals', 'unexpected', 'restored')),
      ADD COLUMN resume_at timestamptz,
      ADD COLUMN resume_count integer NOT NULL DEFAULT 0,
      ADD COLUMN refused_in_a_row integer NOT NULL DEFAULT 0,
      ADD COLUMN kept_counts jsonb,
      ADD CONSTRAINT mailing_fault_pauses CHECK (fault IS NULL OR state = 'paused'),
      ADD CONSTRAINT mailing_resume_after_fault CHECK (resume_at IS NULL OR fault IS NOT NULL);
    CREATE UNIQUE INDEX mailing_one_under_way ON mailing (wave_id) WHERE state IN ('sending', 'paused');
    ALTER TABLE mail_item
      ADD COLUMN attempts integer NOT NULL DEFAULT 0,
      ADD COLUMN try_after timestamptz,
      ADD CONSTRAINT mail_item_deferred_waits CHECK ((state = 'deferred') = (try_after IS NOT NULL));
    CREATE INDEX mail_item_unsent ON mail_item (mailing_id, id) WHERE state IN ('waiting', 'deferred');
  `);
}
