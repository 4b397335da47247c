import type { Knex } from 'knex';

/**
 * A person may be known by an identity alone, is written to in a language of their own, has roles that can end, and can
 * see their own sessions, which are named by something else than the secret in the cookie.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE actor
      ALTER COLUMN email DROP NOT NULL,
      ADD COLUMN language text NOT NULL DEFAULT 'nb' CHECK (language IN ('nb', 'nn', 'en', 'da'));
    ALTER TABLE role_grant
      ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT role_grant_id_unique UNIQUE,
      ADD COLUMN ends_on date,
      ADD COLUMN provider_id uuid REFERENCES identity_provider;
    CREATE INDEX role_grant_network ON role_grant (network_id);
    ALTER TABLE sign_in_link
      DROP CONSTRAINT sign_in_link_actor_id_fkey,
      ADD FOREIGN KEY (actor_id) REFERENCES actor ON DELETE CASCADE;
    ALTER TABLE session
      ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT session_id_unique UNIQUE,
      ADD COLUMN actor_id uuid GENERATED ALWAYS AS (CAST(sess ->> 'actorId' AS uuid)) STORED;
    CREATE INDEX session_actor ON session (actor_id);
    CREATE INDEX audit_event_occurred_at ON audit_event (occurred_at);
    CREATE INDEX audit_event_actor ON audit_event (actor_id);
  `);
}
