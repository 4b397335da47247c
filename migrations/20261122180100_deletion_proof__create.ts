import type { Knex } from 'knex';

/** Proof that names, addresses and links of a wave were deleted as promised: when, and how many of each. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE deletion_proof (
      wave_id uuid PRIMARY KEY REFERENCES wave,
      promised_on date NOT NULL,
      done_on date NOT NULL,
      invitations integer NOT NULL CHECK (invitations >= 0),
      addresses integer NOT NULL CHECK (addresses >= 0),
      links integer NOT NULL CHECK (links >= 0),
      drafts integer NOT NULL CHECK (drafts >= 0),
      mail_items integer NOT NULL CHECK (mail_items >= 0),
      strata_kept integer NOT NULL CHECK (strata_kept >= 0),
      CONSTRAINT deletion_proof_not_early CHECK (done_on >= promised_on)
    );
  `);
}
