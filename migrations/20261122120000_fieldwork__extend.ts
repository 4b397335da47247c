import type { Knex } from 'knex';

/**
 * What real fieldwork adds: whom a wave asks, names of workplaces, and mail. While a wave is open, a disposition that is
 * not `answered` says why nothing more is sent: R declined, UE undeliverable, NE no longer eligible, O other.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE wave
      ADD COLUMN population text NOT NULL DEFAULT 'managers' CHECK (population IN ('managers', 'employees')),
      ADD COLUMN test_mail_received_on date;
    ALTER TABLE unit ADD COLUMN name text CHECK (length(name) BETWEEN 1 AND 200);
    CREATE TABLE mail_template (
      wave_id uuid NOT NULL REFERENCES wave,
      kind text NOT NULL CHECK (kind IN ('invitation', 'reminder')),
      language text NOT NULL CHECK (language IN ('nb', 'nn', 'en', 'da')),
      subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
      body text NOT NULL CHECK (length(body) BETWEEN 1 AND 5000),
      PRIMARY KEY (wave_id, kind, language)
    );
    CREATE TABLE mailing (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      number integer NOT NULL CHECK (number BETWEEN 0 AND 3),
      planned_on date,
      state text NOT NULL CHECK (state IN ('planned', 'sending', 'paused', 'done', 'cancelled')),
      actor_id uuid REFERENCES actor,
      started_at timestamptz,
      CONSTRAINT mailing_number_unique UNIQUE (wave_id, number)
    );
    CREATE TABLE mail_item (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      mailing_id uuid NOT NULL REFERENCES mailing ON DELETE CASCADE,
      invitation_id uuid NOT NULL REFERENCES invitation ON DELETE CASCADE,
      message_id text NOT NULL CONSTRAINT mail_item_message_unique UNIQUE,
      state text NOT NULL CHECK (state IN ('waiting', 'sent', 'deferred', 'refused', 'bounced', 'skipped')),
      reply_code integer,
      sent_on date,
      CONSTRAINT mail_item_once UNIQUE (mailing_id, invitation_id)
    );
    CREATE INDEX mail_item_invitation ON mail_item (invitation_id);
  `);
}
