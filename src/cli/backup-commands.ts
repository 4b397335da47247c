import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { InvalidArgumentError, type Command } from 'commander';
import { operator } from '../domain/permissions';
import { AppError } from '../errors';
import { isFolder, nameBackup, removeOldBackups, writeWholeFile } from '../platform/backup-files';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';
import { restoreBackup } from '../usecases/administrator/restore-backup';
import { writeBackup } from '../usecases/administrator/write-backup';
import { translate } from '../texts/translate';
import { tell, type Terminal } from './terminal';

/** Stands for stdout and stdin. */
const stream = '-';

/**
 * Adds the commands that copy the installation and bring it back.
 * @param program the program
 * @param terminal the process
 */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy the whole installation into a file, also while the server runs; described in docs/operations.md')
    .argument('<place>', 'file, folder (the file gets a name with the time) or - for stdout')
    .option('--keep <days>', 'delete backups in that folder that are older than this', readDays)
    .action(async (place: string, { keep }: { readonly keep?: number }, command: Command) => {
      const isInFolder = place !== stream && (await isFolder(place));
      const refuse = (key: 'cli.backup_keep_needs_folder' | 'cli.backup_needs_reader') => {
        command.error(translate(terminal.language, key));
      };
      if (keep !== undefined && !isInFolder) refuse('cli.backup_keep_needs_folder');
      if (place === stream && terminal.isOutputScreen) refuse('cli.backup_needs_reader');
      await makeBackup(terminal, { place, isInFolder, keep });
    });
  program
    .command('restore')
    .description('bring a backup back into an empty database; all of it, or nothing when the file is damaged')
    .argument('<file>', 'file that barometer backup has made, or - for stdin')
    .action(async (file: string) => {
      const { madeAt, rows } = await restoreFrom(terminal, await openSource(terminal, file));
      // Days that have come since the backup was made are kept at once.
      await terminal.withContext((context) => deleteExpiredAddresses(context));
      tell(terminal, 'cli.backup_restored', { date: madeAt.slice(0, 10), rows });
    });
}

function readDays(text: string): number {
  const days = Number(text);
  if (!/^\d{1,4}$/.test(text) || days < 1) throw new InvalidArgumentError('Expected a number of days from 1 to 9999.');
  return days;
}

interface BackupRequest {
  readonly place: string;
  readonly isInFolder: boolean;
  /** Days; undefined: nothing is deleted. */
  readonly keep: number | undefined;
}

async function makeBackup(terminal: Terminal, { place, isInFolder, keep }: BackupRequest): Promise<void> {
  const now = new Date();
  const file = isInFolder ? join(place, nameBackup(now)) : place;
  const { tables, rows } = await terminal.withDatabase((context) =>
    place === stream
      ? writeBackup(context, operator, terminal.output)
      : writeWholeFile(file, (target) => writeBackup(context, operator, target)),
  );
  tell(terminal, 'cli.backup_made', { tables, rows });
  if (keep === undefined) return;
  const count = await removeOldBackups(place, { now, days: keep });
  if (count > 0) tell(terminal, 'cli.backups_removed', { count, days: keep });
}

async function openSource(terminal: Terminal, file: string): Promise<Readable> {
  if (file === stream) return terminal.input;
  try {
    await (await open(file)).close();
    return createReadStream(file);
  } catch (cause) {
    throw new AppError('backup_unreadable', { values: { file }, cause });
  }
}

function restoreFrom(terminal: Terminal, source: Readable): ReturnType<typeof restoreBackup> {
  return terminal.withDatabase(({ knownMigrations, makeTables, holdTables, ...context }) =>
    holdTables(() => restoreBackup(context, operator, { source, knownMigrations, makeTables })),
  );
}
