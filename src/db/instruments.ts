import { z } from 'zod';
import { compileInstrument } from '../domain/instrument/compile-instrument';
import type { CompiledInstrument, InstrumentFiles } from '../domain/instrument/types';
import { selectRows, type Database } from './database';

/** A version of an instrument without its files. */
export interface InstrumentVersion {
  readonly versionId: string;
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  /** True once a wave has opened with it. */
  readonly isFrozen: boolean;
}

const columns = `instrument_version.id AS version_id, instrument_version.instrument, instrument_version.version,
  instrument_version.sha256, instrument_version.is_frozen`;

const rowSchema = z
  .object({
    version_id: z.string(),
    instrument: z.string(),
    version: z.number(),
    sha256: z.string(),
    is_frozen: z.boolean(),
  })
  .transform((row): InstrumentVersion => ({
    versionId: row.version_id,
    id: row.instrument,
    version: row.version,
    sha256: row.sha256,
    isFrozen: row.is_frozen,
  }));

const versionSchema = z.object({ id: z.string() });

const filesSchema = z.object({ survey: z.string(), codebook: z.string() });

/** Compiled instrument versions of this process. */
export interface InstrumentCache {
  /**
   * @param db the database or a transaction
   * @param versionId id of the instrument version
   * @returns the compiled instrument; a version is compiled once, and again only when it is replaced before it is frozen
   * @throws RangeError when there is no such version
   */
  load(db: Database, versionId: string): Promise<CompiledInstrument>;
}

/** Makes an empty cache. */
export function createInstrumentCache(): InstrumentCache {
  const compiled = new Map<string, { readonly instrument: CompiledInstrument; readonly isFrozen: boolean }>();
  return {
    async load(db, versionId) {
      const known = compiled.get(versionId);
      if (known?.isFrozen) return known.instrument;
      const sql = `SELECT ${columns} FROM instrument_version WHERE instrument_version.id = :versionId`;
      const [row] = await selectRows(db, rowSchema, { sql, bindings: { versionId } });
      if (row === undefined) throw new RangeError(`no instrument version ${versionId}`);
      const reuse = (): CompiledInstrument | undefined => {
        const latest = compiled.get(versionId)?.instrument;
        return latest?.sha256 === row.sha256 ? latest : undefined;
      };
      let instrument = reuse();
      if (instrument === undefined) {
        const files = await selectInstrumentFiles(db, versionId);
        // Requests that came at the same time read the files together; the first of them compiles.
        instrument = reuse() ?? compileInstrument(files);
      }
      // A freeze seen inside a transaction may be rolled back; the files are then still those of this hash.
      compiled.set(versionId, { instrument, isFrozen: row.isFrozen && !db.isTransaction });
      return instrument;
    },
  };
}

/**
 * Reads the exact files of an instrument version.
 * @param db the database or a transaction
 * @param versionId id of the instrument version
 * @throws RangeError when there is no such version
 */
async function selectInstrumentFiles(db: Database, versionId: string): Promise<InstrumentFiles> {
  const [files] = await selectRows(db, filesSchema, {
    sql: `SELECT instrument_version.survey, instrument_version.codebook
            FROM instrument_version WHERE instrument_version.id = :versionId`,
    bindings: { versionId },
  });
  if (files === undefined) throw new RangeError(`no instrument version ${versionId}`);
  return files;
}

/**
 * Finds an instrument version by its name.
 * @param db the database or a transaction
 * @param name identifier and version of the instrument
 * @returns the version, or null when it has not been added
 */
export async function selectOptionalInstrument(
  db: Database,
  name: { readonly id: string; readonly version: number },
): Promise<InstrumentVersion | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM instrument_version
           WHERE instrument_version.instrument = :id AND instrument_version.version = :version`,
    bindings: { ...name },
  });
  return row ?? null;
}

/**
 * Lists every instrument version.
 * @param db the database or a transaction
 * @returns versions by instrument and version number
 */
export async function selectInstruments(db: Database): Promise<readonly InstrumentVersion[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM instrument_version ORDER BY instrument_version.instrument, instrument_version.version`,
  });
}

/**
 * Finds the instrument versions that people answer now.
 * @param db the database or a transaction
 * @returns ids of the versions of open waves, each once
 */
export async function selectOpenInstruments(db: Database): Promise<readonly string[]> {
  const rows = await selectRows(db, versionSchema, {
    sql: `SELECT DISTINCT wave.instrument_version_id AS id FROM wave WHERE wave.state = 'open' ORDER BY id`,
  });
  return rows.map(({ id }) => id);
}

/**
 * Adds an instrument version, or replaces the files of one that is not frozen.
 * @param transaction a transaction
 * @param added identifier, version, files and their hash
 * @returns the version
 */
export async function insertOrReplaceInstrument(
  transaction: Database,
  added: InstrumentFiles & { readonly id: string; readonly version: number; readonly sha256: string },
): Promise<InstrumentVersion> {
  const [row] = await selectRows(transaction, rowSchema, {
    sql: `INSERT INTO instrument_version (instrument, version, survey, codebook, sha256)
          VALUES (:id, :version, :survey, :codebook, :sha256)
          ON CONFLICT (instrument, version) DO UPDATE
             SET survey = excluded.survey, codebook = excluded.codebook, sha256 = excluded.sha256
          RETURNING ${columns}`,
    bindings: { ...added },
  });
  if (row === undefined) throw new RangeError('no instrument version was returned');
  return row;
}

/**
 * Freezes an instrument version for good; freezing it again changes nothing.
 * @param transaction a transaction
 * @param versionId id of the instrument version
 */
export async function freezeInstrument(transaction: Database, versionId: string): Promise<void> {
  await transaction.raw(
    'UPDATE instrument_version SET is_frozen = true WHERE instrument_version.id = :versionId AND NOT is_frozen',
    { versionId },
  );
}
