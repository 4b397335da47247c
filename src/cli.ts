import { runCommand } from './cli/run-command';
import type { Terminal } from './cli/terminal';
import { loadConfig } from './config';
import { createContext } from './context';
import { createDatabase } from './db/database';
import { createSurveyFileReader } from './db/survey-files';
import { nameKnownFigures } from './domain/instrument/known-figures';
import { isLanguage, type Language } from './domain/languages';
import { createLog } from './platform/log';
import { migrateDatabase } from './platform/migrate';
import { openDatabase } from './platform/open-database';
import { surveysFolder } from './platform/package-root';
import { isStartFault } from './platform/start-fault';
import { loadBaselines } from './platform/load-baselines';

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
  readKnownFigures: async () => nameKnownFigures((await loadBaselines(createSurveyFileReader(surveysFolder))).rows),
  withContext,
};

// A reader such as head may have enough before everything is written; a full disk loses data.
let hasLostOutput = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || hasLostOutput) return;
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
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${isStartFault(error) ? error.message : stack}\n`);
    process.exitCode = 1;
  },
);
