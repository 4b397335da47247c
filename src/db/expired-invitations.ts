import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ key: z.string(), networkId: z.string(), invitations: z.number() });

/** Invitations that were deleted from one wave. */
export type DeletedInvitations = z.infer<typeof rowSchema>;

/**
 * Deletes the invitations, with names, addresses, tokens and drafts, of every wave whose promised day has come. What is
 * needed of them later, the counts per stratum, stands with the strata.
 * @param transaction a transaction
 * @param today YYYY-MM-DD
 * @returns the waves that had any, with how many
 */
export async function deleteExpiredInvitations(
  transaction: Database,
  today: string,
): Promise<readonly DeletedInvitations[]> {
  return selectRows(transaction, rowSchema, {
    sql: `WITH gone AS (
            DELETE FROM invitation USING wave
             WHERE wave.id = invitation.wave_id AND wave.delete_addresses_on <= CAST(:today AS date)
            RETURNING wave.key, wave.network_id)
          SELECT gone.key, gone.network_id AS "networkId", count(*) AS invitations
            FROM gone GROUP BY gone.key, gone.network_id ORDER BY gone.key`,
    bindings: { today },
  });
}
