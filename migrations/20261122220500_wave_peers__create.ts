import type { Knex } from 'knex';

/**
 * Peer groups of a wave: what was chosen, and, written when the wave opens, which organisations the groups are made of.
 * Nothing of it changes afterwards.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE wave_peers (
      wave_id uuid PRIMARY KEY REFERENCES wave,
      choice jsonb NOT NULL,
      groups jsonb
    );
    CREATE TRIGGER wave_peers_fixed BEFORE INSERT OR UPDATE OR DELETE ON wave_peers
      FOR EACH ROW EXECUTE FUNCTION refuse_change_after_opening();
    ALTER TABLE release_comparison
      DROP CONSTRAINT release_comparison_kind_check,
      ADD CONSTRAINT release_comparison_kind_check
        CHECK (kind IN ('rest', 'network', 'organisations', 'peers', 'wave', 'baseline'));
  `);
}
