import { runCommand } from './cli/run-command';
import type { Terminal } from './cli/terminal';
import { loadConfig } from './config';
import { createContext } from './context';
import { createDatabase } from './db/database';
import { createSurveyFileReader } from './db/survey-files';
import { isLanguage, type Language } from './domain/languages';
import { createLog } from './platform/log';
import { migrateDatabase } from './platform/migrate';
import { openDatabase } from './platform/open-database';
import { surveysFolder } from './platform/package-root';
import { isStartFault } from './platform/start-fault';
import { loadBaselines } from './usecases/administrator/load-baselines';

/** Messages are English unless the environment asks for Norwegian or Danish. */
function chooseLanguage(): Language {
  const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
  const code = locale.slice(0, 2).toLowerCase();
  if (code === 'no') return 'nb';
  return isLanguage(code) ? code : 'en';
}

const withContext: Terminal['withContext'] = async (work) => {
  const config = loadConfig();
  const { databaseUrl, stop } = await openDatabase({ config, purpose: 'command' });
  try {
    await migrateDatabase(databaseUrl);
    const db = createDatabase(databaseUrl);
    try {
      return await work(await createContext({ config, db, log: createLog(config) }));
    } finally {
      await db.destroy();
    }
  } finally {
    await stop();
  }
};

const terminal: Terminal = {
  language: chooseLanguage(),
  writeData: (text) => process.stdout.write(text),
  writeMessage: (text) => process.stderr.write(text),
  listBaselines: async () => [...(await loadBaselines(createSurveyFileReader(surveysFolder))).rows.keys()],
  withContext,
};

// A reader such as head may have enough before everything is written.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

runCommand(process.argv.slice(2), terminal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${isStartFault(error) ? error.message : stack}\n`);
    process.exitCode = 1;
  },
);
