import type { Knex } from 'knex';

/**
 * Municipal and county codes with the time they are valid, how they follow each other, and published facts about
 * organisations. An organisation keeps one code and a day on which it had it; what the code was called before and after
 * follows from the changes. `valid_to` is the first day on which a code is no longer valid.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE organisation
      ADD COLUMN region_code text,
      ADD COLUMN region_code_on date,
      ADD CONSTRAINT organisation_region CHECK (
        (region_code IS NULL) = (region_code_on IS NULL)
        AND (region_code IS NULL
             OR (kind = 'municipality' AND region_code ~ '^[0-9]{4}$')
             OR (kind = 'county' AND region_code ~ '^[0-9]{2}$')));
    CREATE TABLE region_code (
      classification text NOT NULL CHECK (classification IN ('municipality', 'county')),
      code text NOT NULL CHECK (code ~ '^([0-9]{2}|[0-9]{4})$'),
      name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
      valid_from date NOT NULL,
      valid_to date,
      PRIMARY KEY (classification, code, valid_from),
      CONSTRAINT region_code_period CHECK (valid_to > valid_from)
    );
    CREATE TABLE region_change (
      classification text NOT NULL CHECK (classification IN ('municipality', 'county')),
      changed_on date NOT NULL,
      from_code text NOT NULL CHECK (from_code ~ '^([0-9]{2}|[0-9]{4})$'),
      from_name text NOT NULL CHECK (length(from_name) BETWEEN 1 AND 200),
      to_code text NOT NULL CHECK (to_code ~ '^([0-9]{2}|[0-9]{4})$'),
      to_name text NOT NULL CHECK (length(to_name) BETWEEN 1 AND 200),
      kind text NOT NULL CHECK (kind IN ('rename', 'code_change', 'merge', 'split')),
      PRIMARY KEY (classification, changed_on, from_code, to_code)
    );
    CREATE TABLE organisation_fact (
      organisation_id uuid NOT NULL REFERENCES organisation,
      kind text NOT NULL CHECK (kind IN ('population', 'kostra_group')),
      year integer NOT NULL CHECK (year BETWEEN 1900 AND 2200),
      value text NOT NULL,
      source text NOT NULL CHECK (length(source) BETWEEN 1 AND 300),
      PRIMARY KEY (organisation_id, kind, year),
      CONSTRAINT organisation_fact_value CHECK (
        (kind = 'population' AND value ~ '^[0-9]{1,8}$') OR (kind = 'kostra_group' AND value ~ '^[A-Za-z0-9]{1,10}$'))
    );
    CREATE TABLE register_import (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      actor_id uuid NOT NULL REFERENCES actor,
      created_at timestamptz NOT NULL,
      content jsonb NOT NULL
    );
    CREATE INDEX register_import_actor ON register_import (actor_id);
  `);
}
