import type { Knex } from 'knex';

/** Networks and their member organisations. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE network (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      key text NOT NULL CONSTRAINT network_key_unique UNIQUE CONSTRAINT network_key_format CHECK (key ~ '^[a-z][a-z0-9-]{0,39}$'),
      name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
      is_open boolean NOT NULL,
      is_demo boolean NOT NULL DEFAULT false,
      contact_name text,
      contact_email text
    );
    CREATE TABLE organisation (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      key text NOT NULL CONSTRAINT organisation_key_unique UNIQUE CONSTRAINT organisation_key_format CHECK (key ~ '^[a-z][a-z0-9-]{0,39}$'),
      name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
      orgnr text NOT NULL CONSTRAINT organisation_orgnr_unique UNIQUE CHECK (orgnr ~ '^[0-9]{9}$'),
      kind text NOT NULL CHECK (kind IN ('municipality', 'county', 'other'))
    );
    CREATE TABLE network_member (
      network_id uuid NOT NULL REFERENCES network,
      organisation_id uuid NOT NULL REFERENCES organisation,
      PRIMARY KEY (network_id, organisation_id)
    );
    CREATE INDEX network_member_organisation ON network_member (organisation_id);
  `);
}
