import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { withSnapshot } from '../../db/backup-lock';
import { copyRowsOut, selectOrigin, standardiseTransfer } from '../../db/backup-rows';
import { selectSequencePositions, selectTablesToCopy, type TableToCopy } from '../../db/backup-tables';
import type { Database } from '../../db/database';
import type { Actor } from '../../domain/permissions';
import { backupFormat, writeBackupFile, type BackupSection } from '../../formats/backup-file';
import { idOf, installation, requireRight } from '../authorise';

/** How hard gzip tries: the next level costs a third more time for a few per cent. */
const compressionLevel = 6;

/** What a backup holds. */
export interface WrittenBackup {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes the whole installation as it is at one moment, while people go on answering.
 * @param context clock, database and version; the tables may be older than the program
 * @param actor who asks
 * @param target takes the compressed file; it is whole when this returns, and worthless when it throws
 * @returns number of tables and rows
 * @throws AppError not_allowed; what the target threw
 */
export async function writeBackup(
  context: Pick<Context, 'db' | 'now' | 'softwareVersion'>,
  actor: Actor,
  target: Writable,
): Promise<WrittenBackup> {
  requireRight(actor, 'administer installation', installation);
  return withSnapshot(context.db, async (transaction) => {
    const now = context.now();
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: null,
      action: 'made backup',
      subject: 'installation',
    });
    await standardiseTransfer(transaction);
    const tables = await selectTablesToCopy(transaction);
    const head = {
      format: backupFormat,
      madeAt: now.toISOString(),
      software: context.softwareVersion,
      ...(await selectOrigin(transaction)),
      sequences: [...(await selectSequencePositions(transaction))],
    };
    let rows = 0;
    const file = writeBackupFile(head, readSections(transaction, tables), (count) => (rows += count));
    await pipeline(Readable.from(file, { objectMode: false }), createGzip({ level: compressionLevel }), target);
    return { tables: tables.length, rows };
  });
}

async function* readSections(
  transaction: Database,
  tables: readonly TableToCopy[],
): AsyncGenerator<BackupSection, void, undefined> {
  for (const table of tables) {
    const columns = [...table.columns];
    const source =
      table.partition === null
        ? ({ kind: 'table', table: table.name, columns } as const)
        : ({ kind: 'responses', ...table.partition, columns } as const);
    // One after the other: they share a connection.
    yield await Promise.resolve({ source, rows: copyRowsOut(transaction, table) });
  }
}
