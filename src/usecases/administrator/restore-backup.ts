import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import {
  analyzeTables,
  copyRowsIn,
  setSequencePositions,
  standardiseTransfer,
  switchGuards,
} from '../../db/backup-rows';
import { isDatabaseEmpty, selectTablesToCopy } from '../../db/backup-tables';
import type { Database } from '../../db/database';
import { failWaveJobs, pauseMailings } from '../../db/restored-work';
import { fillPartition } from '../../db/responses';
import type { Actor } from '../../domain/permissions';
import { AppError, type ErrorCode } from '../../errors';
import type { BackupSection } from '../../formats/backup-file';
import { idOf, installation, requireRight } from '../authorise';
import { readBackupFile, type BackupFile } from '../read-backup-file';

/** What pages tell about closing or releasing that was asked for before the backup and not done. */
const stepLost: ErrorCode = 'wave_step_restored';

/** Makes the tables that some migrations make, in the caller's transaction. */
export type TableMaker = (transaction: Database, migrations: readonly string[]) => Promise<void>;

/** What was brought back. */
export interface RestoredBackup {
  readonly madeAt: string;
  readonly rows: number;
}

/**
 * Brings an installation back into an empty database: everything, or nothing when the file turns out to be damaged or
 * the work is cut short. The tables are those of the day of the backup; bringing them up to date is the next step.
 * @param context clock and database
 * @param actor who asks
 * @param input the compressed file, the migrations this program knows, and what runs them
 * @returns when the backup was made, and number of rows
 * @throws AppError not_allowed, database_not_empty, backup_unknown, backup_newer, backup_damaged
 */
export async function restoreBackup(
  context: Pick<Context, 'db' | 'now'>,
  actor: Actor,
  input: { readonly source: Readable; readonly knownMigrations: readonly string[]; readonly makeTables: TableMaker },
): Promise<RestoredBackup> {
  requireRight(actor, 'administer installation', installation);
  return readCompressed(input.source, (file) =>
    context.db.transaction(async (transaction) => {
      if (!(await isDatabaseEmpty(transaction))) throw new AppError('database_not_empty');
      const { migrations, software, madeAt } = file.head;
      if (migrations.some((name) => !input.knownMigrations.includes(name))) {
        throw new AppError('backup_newer', { values: { software } });
      }
      await input.makeTables(transaction, migrations);
      const rows = await fillTables(transaction, file);
      await pauseMailings(transaction);
      await failWaveJobs(transaction, stepLost);
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: null,
        action: 'restored backup',
        subject: 'installation',
        detail: { madeAt, rows },
      });
      return { madeAt, rows };
    }),
  );
}

async function readCompressed<Result>(source: Readable, use: (file: BackupFile) => Promise<Result>): Promise<Result> {
  try {
    return await pipeline(source, createGunzip(), async (bytes: AsyncIterable<Buffer>) =>
      use(await readBackupFile(bytes)),
    );
  } catch (fault) {
    if (!readCode(fault).startsWith('Z_')) throw fault;
    if (String(fault).includes('incorrect header check')) throw new AppError('backup_unknown', { cause: fault });
    throw new AppError('backup_damaged', { values: { place: 'gzip' }, cause: fault });
  }
}

async function fillTables(transaction: Database, { head, sections }: BackupFile): Promise<number> {
  await standardiseTransfer(transaction);
  const tables = (await selectTablesToCopy(transaction)).map(({ name }) => name);
  await switchGuards(transaction, tables, false);
  let rows = 0;
  for await (const section of sections()) rows += await fillSection(transaction, tables, section);
  await switchGuards(transaction, tables, true);
  await setSequencePositions(transaction, head.sequences);
  await analyzeTables(transaction);
  return rows;
}

/** Postgres finds names and values that do not fit before the hashes are compared. */
const misfit = /^(?:22|23|42)/;

async function fillSection(
  transaction: Database,
  tables: readonly string[],
  { source, rows }: BackupSection,
): Promise<number> {
  const { columns } = source;
  const copyInto = async (table: string): Promise<number> => {
    try {
      return await copyRowsIn(transaction, { table, columns }, rows);
    } catch (fault) {
      if (!misfit.test(readCode(fault))) throw fault;
      throw new AppError('backup_damaged', { values: { place: table }, cause: fault });
    }
  };
  if (source.kind === 'responses') {
    let count = 0;
    await fillPartition(transaction, source, async (table) => {
      count = await copyInto(table);
    });
    return count;
  }
  if (!tables.includes(source.table)) throw new AppError('backup_damaged', { values: { place: source.table } });
  return copyInto(source.table);
}

function readCode(fault: unknown): string {
  return typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : '';
}
