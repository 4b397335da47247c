import { z } from 'zod';
import { selectRows, type Database } from './database';

const proofSchema = z.object({
  promisedOn: z.iso.date(),
  doneOn: z.iso.date(),
  invitations: z.number(),
  addresses: z.number(),
  links: z.number(),
  drafts: z.number(),
  mailItems: z.number(),
  strataKept: z.number(),
});

/** That names, addresses and links of a wave were deleted: promised and done (YYYY-MM-DD), and how many of each. */
export type DeletionProof = z.infer<typeof proofSchema>;

/**
 * Reads the proof that the addresses of a wave were deleted.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns the proof, or null before the deletion
 */
export async function selectOptionalDeletionProof(db: Database, waveId: string): Promise<DeletionProof | null> {
  const [row] = await selectRows(db, proofSchema, {
    sql: `SELECT deletion_proof.promised_on AS "promisedOn", deletion_proof.done_on AS "doneOn",
                 deletion_proof.invitations, deletion_proof.addresses, deletion_proof.links, deletion_proof.drafts,
                 deletion_proof.mail_items AS "mailItems", deletion_proof.strata_kept AS "strataKept"
            FROM deletion_proof WHERE deletion_proof.wave_id = :waveId`,
    bindings: { waveId },
  });
  return row ?? null;
}
