import { runCommand } from './cli/run-command';
import type { Terminal } from './cli/terminal';
import { loadConfig, type Config } from './config';
import { createContext } from './context';
import { createDatabase, type Database } from './db/database';
import { createSurveyFileReader } from './db/survey-files';
import { nameKnownFigures } from './domain/instrument/known-figures';
import { isLanguage, type Language } from './domain/languages';
import { createLog } from './platform/log';
import { listMigrations } from './platform/list-migrations';
import { holdTables, migrateDatabase, runMigrationsWithin } from './platform/migrate';
import { openDatabase } from './platform/open-database';
import { softwareVersion, surveysFolder } from './platform/package-root';
import { isStartFault } from './platform/start-fault';
import { loadBaselines } from './platform/load-baselines';

/** Messages are English unless the environment asks for Norwegian or Danish. */
function chooseLanguage(): Language {
  const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
  const code = locale.slice(0, 2).toLowerCase();
  if (code === 'no') return 'nb';
  return isLanguage(code) ? code : 'en';
}

const withOpenDatabase = async <Result>(
  work: (opened: { readonly config: Config; readonly databaseUrl: string; readonly db: Database }) => Promise<Result>,
): Promise<Result> => {
  const config = loadConfig();
  const { databaseUrl, stop } = await openDatabase({ config, purpose: 'command' });
  try {
    const db = createDatabase(databaseUrl);
    try {
      return await work({ config, databaseUrl, db });
    } finally {
      await db.destroy();
    }
  } finally {
    await stop();
  }
};

const withContext: Terminal['withContext'] = (work) =>
  withOpenDatabase(async ({ config, databaseUrl, db }) => {
    await migrateDatabase(databaseUrl);
    return work(await createContext({ config, db, log: createLog(config) }));
  });

const withDatabase: Terminal['withDatabase'] = (work) =>
  withOpenDatabase(async ({ databaseUrl, db }) =>
    work({
      db,
      softwareVersion,
      now: () => new Date(),
      knownMigrations: await listMigrations(),
      makeTables: runMigrationsWithin,
      holdTables: (step) => holdTables(databaseUrl, step),
    }),
  );

const terminal: Terminal = {
  language: chooseLanguage(),
  writeData: (text) => process.stdout.write(text),
  writeMessage: (text) => process.stderr.write(text),
  readKnownFigures: async () => nameKnownFigures((await loadBaselines(createSurveyFileReader(surveysFolder))).rows),
  withContext,
  withDatabase,
  output: process.stdout,
  input: process.stdin,
  isOutputScreen: process.stdout.isTTY,
};

// A reader such as head may have enough before everything is written; a full disk loses data.
let hasLostOutput = false;
let hasLostReader = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  hasLostReader ||= error.code === 'EPIPE';
  if (hasLostReader || hasLostOutput) return;
  hasLostOutput = true;
  process.exitCode = 1;
  process.stderr.write(`The output could not be written: ${error.message}\n`);
});
// Without a reader of messages, the exit code still tells.
process.stderr.on('error', () => undefined);

runCommand(process.argv.slice(2), terminal).then(
  (code) => {
    if (!hasLostOutput) process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 1;
    // What a command that streams was stopped by has been told, or nobody is there to be told.
    if (hasLostOutput || hasLostReader) return;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${isStartFault(error) ? error.message : stack}\n`);
  },
);
