import './platform/young-generation';
import { createApp } from './app';
import { defaultPublicUrl, loadConfig } from './config';
import { createContext, moveContext } from './context';
import { createDatabase, patienceOfPages } from './db/database';
import { createSurveyFileReader } from './db/survey-files';
import { describeDemoLinks } from './demo/describe-demo-links';
import { fillDemo } from './demo/fill-demo';
import { startJobs } from './jobs/start-jobs';
import { explainDatabaseFaults } from './platform/explain-database-faults';
import { runUntilStopped, type LifeCycle } from './platform/life-cycle';
import { listen } from './platform/listen';
import { createLog } from './platform/log';
import { migrateDatabase } from './platform/migrate';
import { openDatabase } from './platform/open-database';
import { surveysFolder } from './platform/package-root';
import { prepareInstallation } from './usecases/administrator/prepare-installation';

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function startServer(lifeCycle: LifeCycle): Promise<void> {
  const given = loadConfig();
  const listening = await listen(given.host, given.port);
  const isDefaultUrl = given.publicUrl === defaultPublicUrl(given.port);
  const publicUrl = isDefaultUrl ? defaultPublicUrl(listening.port) : given.publicUrl;
  const config = Object.freeze({ ...given, port: listening.port, publicUrl });
  const { databaseUrl, stop } = await openDatabase({
    config,
    purpose: 'server',
    onLost: lifeCycle.fail,
    onTrouble: tell,
  });
  lifeCycle.onStop(stop);
  if (publicUrl.startsWith('https:') && config.trustProxy === false) {
    tell('PUBLIC_URL is https but TRUST_PROXY is false: nobody can sign in until the proxy in front is trusted.');
  }
  await explainDatabaseFaults(config, () => migrateDatabase(databaseUrl));
  const db = createDatabase(databaseUrl, patienceOfPages);
  lifeCycle.onStop(() => db.destroy());
  const patientDb = createDatabase(databaseUrl);
  lifeCycle.onStop(() => patientDb.destroy());
  lifeCycle.onStop(listening.close);
  const context = await createContext({ config, db, log: createLog(config) });
  const patientContext = moveContext(context, patientDb);
  await explainDatabaseFaults(config, async () => {
    await prepareInstallation(patientContext, createSurveyFileReader(surveysFolder));
    if (config.databaseUrl === undefined && config.environment !== 'production') await fillDemo(patientContext, tell);
  });
  lifeCycle.onStop(startJobs(patientContext, databaseUrl));
  listening.serve(createApp(context));
  const lines = [`Innovasjonsbarometer: ${config.publicUrl}/`, ...(await describeDemoLinks(context))];
  process.stdout.write(`${lines.join('\n')}\n`);
}

runUntilStopped(startServer);
