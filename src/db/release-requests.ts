import { z } from 'zod';
import { releaseVisibilities, type ReleaseChoice } from '../domain/fieldwork/release-choice';
import { selectRows, type Database } from './database';

/** A release that somebody has asked for and that is not done. */
export interface ReleaseRequest extends ReleaseChoice {
  readonly id: string;
  /** Why a released wave is to be corrected; null: it is to be released for the first time. */
  readonly reason: string | null;
  /** Smallest number of answers behind a figure of the correction; null for a first release. */
  readonly minimumCellSize: number | null;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly requestedAt: Date;
  readonly approvedBy: string | null;
}

const rowSchema = z.object({
  id: z.string(),
  requestedBy: z.string(),
  requestedByName: z.string(),
  requestedAt: z.date(),
  visibility: z.enum(releaseVisibilities),
  embargoUntil: z.date().nullable(),
  reason: z.string().nullable(),
  minimumCellSize: z.number().nullable(),
  approvedBy: z.string().nullable(),
});

/**
 * Finds the release that is asked for.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns the request, or null when there is none
 */
export async function selectOptionalReleaseRequest(db: Database, waveId: string): Promise<ReleaseRequest | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT release_request.id, release_request.requested_by AS "requestedBy", actor.name AS "requestedByName",
                 release_request.requested_at AS "requestedAt", release_request.visibility,
                 release_request.embargo_until AS "embargoUntil", release_request.reason,
                 release_request.minimum_cell_size AS "minimumCellSize", release_request.approved_by AS "approvedBy"
            FROM release_request JOIN actor ON actor.id = release_request.requested_by
           WHERE release_request.wave_id = :waveId`,
    bindings: { waveId },
  });
  return row ?? null;
}

/**
 * Keeps a request to release; whoever asks while another request waits changes nothing.
 * @param transaction a transaction
 * @param request the wave, who asks and when, visibility and embargo, reason and rules of a correction
 * @returns true when it was kept
 */
export async function insertReleaseRequest(
  transaction: Database,
  request: ReleaseChoice & {
    readonly waveId: string;
    readonly requestedBy: string;
    readonly requestedAt: Date;
    readonly reason: string | null;
    readonly minimumCellSize: number | null;
  },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO release_request (wave_id, requested_by, requested_at, visibility, embargo_until, reason, minimum_cell_size)
          VALUES (:waveId, :requestedBy, :requestedAt, :visibility, :embargoUntil, :reason, :minimumCellSize)
          ON CONFLICT (wave_id) DO NOTHING RETURNING release_request.id`,
    bindings: { ...request },
  });
  return rows.length > 0;
}

/**
 * Notes who approved a request; nobody approves their own.
 * @param transaction a transaction
 * @param approval the request and who approves it
 * @returns true when it waited for that
 */
export async function updateReleaseRequestApproved(
  transaction: Database,
  { requestId, actorId }: { readonly requestId: string; readonly actorId: string },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `UPDATE release_request SET approved_by = :actorId
           WHERE release_request.id = :requestId AND release_request.approved_by IS NULL
             AND release_request.requested_by <> :actorId
          RETURNING release_request.id`,
    bindings: { requestId, actorId },
  });
  return rows.length > 0;
}

/**
 * Forgets a request that waits for approval.
 * @param transaction a transaction
 * @param requestId the request
 * @returns true when it did wait
 */
export async function deleteWaitingRequest(transaction: Database, requestId: string): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `DELETE FROM release_request
           WHERE release_request.id = :requestId AND release_request.approved_by IS NULL
          RETURNING release_request.id`,
    bindings: { requestId },
  });
  return rows.length > 0;
}

/**
 * Forgets the request of a wave: it was carried out, or another one takes its place.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function deleteReleaseRequest(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw('DELETE FROM release_request WHERE release_request.wave_id = :waveId', { waveId });
}
