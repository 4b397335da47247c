import type { Knex } from 'knex';

/** Who may sign in, with which roles, by which links; sessions, audit events and the installation's secrets. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE actor (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      email text NOT NULL CONSTRAINT actor_email_unique UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%'),
      name text NOT NULL
    );
    CREATE TABLE role_grant (
      actor_id uuid NOT NULL REFERENCES actor,
      role text NOT NULL CHECK (role IN ('administrator', 'coordinator', 'organisation_contact', 'researcher')),
      network_id uuid REFERENCES network,
      organisation_id uuid REFERENCES organisation,
      CONSTRAINT role_grant_scope CHECK (
        (role = 'administrator' AND network_id IS NULL AND organisation_id IS NULL)
        OR (role IN ('coordinator', 'researcher') AND network_id IS NOT NULL AND organisation_id IS NULL)
        OR (role = 'organisation_contact' AND network_id IS NOT NULL AND organisation_id IS NOT NULL))
    );
    CREATE UNIQUE INDEX role_grant_unique ON role_grant
      (actor_id, role, coalesce(network_id::text, ''), coalesce(organisation_id::text, ''));
    CREATE TABLE sign_in_link (
      token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
      actor_id uuid NOT NULL REFERENCES actor,
      expires_at timestamptz NOT NULL,
      used_at timestamptz
    );
    CREATE TABLE session (
      sid text PRIMARY KEY,
      sess json NOT NULL,
      expire timestamp(6) NOT NULL
    );
    CREATE INDEX session_expire ON session (expire);
    CREATE TABLE audit_event (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      occurred_at timestamptz NOT NULL,
      actor_id uuid REFERENCES actor,
      network_id uuid REFERENCES network,
      action text NOT NULL,
      subject text NOT NULL,
      detail jsonb NOT NULL DEFAULT '{}'
    );
    CREATE TABLE installation_secret (
      name text PRIMARY KEY,
      value bytea NOT NULL CHECK (length(value) >= 32)
    );
  `);
}
