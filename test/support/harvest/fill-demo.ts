import { loadConfig } from '../../../src/config';
import { createContext } from '../../../src/context';
import { createDatabase } from '../../../src/db/database';
import { createSurveyFileReader } from '../../../src/db/survey-files';
import { fillDemo } from '../../../src/demo/fill-demo';
import { createLog } from '../../../src/platform/log';
import { surveysFolder } from '../../../src/platform/package-root';
import { prepareInstallation } from '../../../src/usecases/administrator/prepare-installation';

/** A program of its own, since it takes three times as long inside Jest: fills the database of DATABASE_URL. */
async function fill(): Promise<void> {
  const config = loadConfig({ ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'silent' });
  const db = createDatabase(config.databaseUrl ?? '');
  const context = await createContext({ config, db, log: createLog(config) });
  await prepareInstallation(context, createSurveyFileReader(surveysFolder));
  await fillDemo(context, () => undefined);
  await db.destroy();
}

void fill();
