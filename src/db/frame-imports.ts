import { z } from 'zod';
import { frameColumns, type ColumnChoice } from '../domain/fieldwork/frame-columns';
import { worded, type OwnWords } from '../domain/fieldwork/frame-words';
import { selectRows, type Database } from './database';

/** How the columns and words of a file are understood, as somebody has chosen. */
export interface FrameMapping {
  /** Position of the sheet in a workbook, from 0. */
  readonly sheet: number;
  readonly columns: ColumnChoice;
  /** Key of the organisation that every row is about; null: a column tells. */
  readonly organisation: string | null;
  readonly words: OwnWords;
}

/** A file between upload and confirmation. */
export interface FrameImport {
  readonly id: string;
  readonly waveId: string;
  readonly actorId: string;
  readonly fileName: string;
  readonly content: Buffer;
  /** Null: columns are not chosen yet. */
  readonly mapping: FrameMapping | null;
  readonly createdAt: Date;
}

const mappingSchema = z.object({
  sheet: z.number(),
  columns: z.partialRecord(z.enum(frameColumns), z.number()),
  organisation: z.string().nullable(),
  words: z.partialRecord(z.enum(worded), z.record(z.string(), z.string())),
});
const rowSchema = z.object({
  id: z.string(),
  waveId: z.string(),
  actorId: z.string(),
  fileName: z.string(),
  content: z.instanceof(Buffer),
  mapping: mappingSchema.nullable(),
  createdAt: z.date(),
});

/**
 * Keeps a file until it is confirmed, thrown away or too old. Earlier files of the same person for the same wave go.
 * @param transaction a transaction
 * @param upload wave, person, file and until when
 * @returns id of the import
 */
export async function insertFrameImport(
  transaction: Database,
  upload: {
    readonly waveId: string;
    readonly actorId: string;
    readonly fileName: string;
    readonly content: Buffer;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  },
): Promise<string> {
  const { waveId, actorId } = upload;
  await transaction.raw('DELETE FROM frame_import WHERE wave_id = :waveId AND actor_id = :actorId', {
    waveId,
    actorId,
  });
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO frame_import (wave_id, actor_id, file_name, content, created_at, expires_at)
          VALUES (:waveId, :actorId, :fileName, :content, :createdAt, :expiresAt) RETURNING frame_import.id`,
    bindings: upload,
  });
  return z.object({ id: z.string() }).parse(rows[0]).id;
}

/**
 * Finds a file that somebody has uploaded for a wave.
 * @param db the database or a transaction
 * @param wanted wave, person, id (any text) and the time now
 * @returns the file, or null when there is none, it is somebody else's or it is too old
 */
export async function selectOptionalFrameImport(
  db: Database,
  wanted: { readonly waveId: string; readonly actorId: string; readonly id: string; readonly now: Date },
): Promise<FrameImport | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT frame_import.id, frame_import.wave_id AS "waveId", frame_import.actor_id AS "actorId",
                 frame_import.file_name AS "fileName", frame_import.content, frame_import.mapping,
                 frame_import.created_at AS "createdAt"
            FROM frame_import
           WHERE frame_import.wave_id = :waveId AND frame_import.actor_id = :actorId
             AND CAST(frame_import.id AS text) = :id AND frame_import.expires_at > :now`,
    bindings: wanted,
  });
  return row ?? null;
}

const pendingSchema = z.object({ id: z.string(), fileName: z.string(), createdAt: z.date() });
export type PendingFrameImport = z.infer<typeof pendingSchema>;

/**
 * Finds the file that somebody has uploaded last and not finished with.
 * @param db the database or a transaction
 * @param wanted wave, person and the time now
 * @returns id, name and time, or null
 */
export async function selectPendingFrameImport(
  db: Database,
  wanted: { readonly waveId: string; readonly actorId: string; readonly now: Date },
): Promise<PendingFrameImport | null> {
  const [row] = await selectRows(db, pendingSchema, {
    sql: `SELECT frame_import.id, frame_import.file_name AS "fileName", frame_import.created_at AS "createdAt"
            FROM frame_import
           WHERE frame_import.wave_id = :waveId AND frame_import.actor_id = :actorId AND frame_import.expires_at > :now
           ORDER BY frame_import.created_at DESC LIMIT 1`,
    bindings: wanted,
  });
  return row ?? null;
}

/**
 * Keeps what was chosen about the columns of a file.
 * @param transaction a transaction
 * @param id the import
 * @param mapping the choice
 */
export async function updateFrameMapping(transaction: Database, id: string, mapping: FrameMapping): Promise<void> {
  await transaction.raw('UPDATE frame_import SET mapping = CAST(:mapping AS jsonb) WHERE id = :id', {
    id,
    mapping: JSON.stringify(mapping),
  });
}

/**
 * Throws a file away.
 * @param transaction a transaction
 * @param id the import
 */
export async function deleteFrameImport(transaction: Database, id: string): Promise<void> {
  await transaction.raw('DELETE FROM frame_import WHERE id = :id', { id });
}

const expiredSchema = z.object({ key: z.string(), networkId: z.string(), files: z.number() });

/**
 * Throws away the files that nobody has confirmed in time.
 * @param transaction a transaction
 * @param now the time
 * @returns the waves that had any, with how many
 */
export async function deleteExpiredFrameImports(
  transaction: Database,
  now: Date,
): Promise<readonly z.infer<typeof expiredSchema>[]> {
  return selectRows(transaction, expiredSchema, {
    sql: `WITH gone AS (DELETE FROM frame_import WHERE expires_at <= :now RETURNING frame_import.wave_id)
          SELECT wave.key, wave.network_id AS "networkId", count(*) AS files
            FROM gone JOIN wave ON wave.id = gone.wave_id GROUP BY wave.key, wave.network_id ORDER BY wave.key`,
    bindings: { now },
  });
}
