import type { Knex } from 'knex';

/**
 * Where people sign in besides by mail, and whom an identity there stands for. A secret is sealed; a role that a rule gave
 * says which provider it came from. States of sign-ins are kept until they would be too old anyway, so that none counts twice.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE identity_provider (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      key text NOT NULL CONSTRAINT identity_provider_key_unique UNIQUE
        CONSTRAINT identity_provider_key_format CHECK (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(key) <= 60),
      name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
      kind text NOT NULL CHECK (kind IN ('standard', 'entra')),
      issuer text NOT NULL CHECK (issuer LIKE 'https://%' OR issuer LIKE 'http://%'),
      client_id text NOT NULL CHECK (client_id <> ''),
      authentication text NOT NULL
        CHECK (authentication IN ('client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none')),
      sealed_secret bytea,
      tenant_id text,
      scopes text NOT NULL CHECK (scopes ~ '(^| )openid( |$)'),
      acr_values text,
      uses_user_info boolean NOT NULL,
      role_rules jsonb NOT NULL DEFAULT '[]',
      is_active boolean NOT NULL DEFAULT true,
      CONSTRAINT identity_provider_tenant CHECK ((kind = 'entra') = (tenant_id IS NOT NULL)),
      CONSTRAINT identity_provider_secret CHECK ((authentication = 'none') = (sealed_secret IS NULL))
    );
    CREATE TABLE identity_provider_organisation (
      provider_id uuid NOT NULL REFERENCES identity_provider ON DELETE CASCADE,
      organisation_id uuid NOT NULL REFERENCES organisation,
      PRIMARY KEY (provider_id, organisation_id)
    );
    CREATE TABLE actor_identity (
      id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT actor_identity_id_unique UNIQUE,
      issuer text NOT NULL,
      subject text NOT NULL CHECK (subject <> ''),
      actor_id uuid NOT NULL REFERENCES actor ON DELETE CASCADE,
      provider_id uuid NOT NULL REFERENCES identity_provider ON DELETE CASCADE,
      PRIMARY KEY (issuer, subject)
    );
    CREATE INDEX actor_identity_actor ON actor_identity (actor_id);
    CREATE TABLE used_sign_in_state (
      state_hash bytea PRIMARY KEY CHECK (length(state_hash) = 32),
      expires_at timestamptz NOT NULL
    );
  `);
}
