import type { Knex } from 'knex';

/** The frame of a wave, its strata, invitations with their tokens, and drafts. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE unit (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      organisation_id uuid NOT NULL REFERENCES organisation,
      key text NOT NULL CHECK (length(key) BETWEEN 1 AND 100),
      sector text NOT NULL CHECK (sector IN ('education', 'health', 'social', 'culture', 'technical', 'administration')),
      type text NOT NULL CHECK (length(type) BETWEEN 1 AND 60),
      size text NOT NULL CHECK (size IN ('S', 'M', 'L')),
      is_invited boolean NOT NULL,
      stratum text,
      CONSTRAINT unit_key_unique UNIQUE (wave_id, key)
    );
    CREATE TABLE stratum (
      wave_id uuid NOT NULL REFERENCES wave,
      code text NOT NULL,
      organisation_id uuid NOT NULL REFERENCES organisation,
      sector text,
      size text,
      cells jsonb NOT NULL,
      frame_count integer NOT NULL CHECK (frame_count >= 0),
      invited_count integer NOT NULL CHECK (invited_count >= 0 AND invited_count <= frame_count),
      ineligible_count integer NOT NULL DEFAULT 0 CHECK (ineligible_count >= 0),
      respondent_count integer NOT NULL DEFAULT 0 CHECK (respondent_count >= 0),
      PRIMARY KEY (wave_id, code)
    );
    CREATE TABLE invitation (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      wave_id uuid NOT NULL REFERENCES wave,
      unit_id uuid NOT NULL REFERENCES unit ON DELETE CASCADE,
      name text,
      email text,
      language text NOT NULL CHECK (language IN ('nb', 'nn', 'en', 'da')),
      disposition text CHECK (disposition IN ('answered', 'R', 'NC', 'O', 'UE', 'NE')),
      opened_on date,
      answered_on date
    );
    CREATE INDEX invitation_wave ON invitation (wave_id);
    CREATE INDEX invitation_unit ON invitation (unit_id);
    CREATE TABLE invitation_token (
      token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
      invitation_id uuid NOT NULL REFERENCES invitation ON DELETE CASCADE,
      created_on date NOT NULL
    );
    CREATE INDEX invitation_token_invitation ON invitation_token (invitation_id);
    CREATE TABLE draft (
      invitation_id uuid PRIMARY KEY REFERENCES invitation ON DELETE CASCADE,
      answers jsonb NOT NULL,
      page text NOT NULL,
      language text NOT NULL CHECK (language IN ('nb', 'nn', 'en', 'da')),
      revision integer NOT NULL DEFAULT 1
    );
  `);
}
