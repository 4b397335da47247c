import { loadConfig } from '../../../src/config';
import { runUntilStopped } from '../../../src/platform/life-cycle';
import { openDatabase } from '../../../src/platform/open-database';

/** A program that opens the database as a server or as a command, tells its address and holds it until stopped. */
runUntilStopped(async (lifeCycle) => {
  const purpose = process.argv[2] === 'server' ? 'server' : 'command';
  const database = await openDatabase({ config: loadConfig(), purpose, onLost: lifeCycle.fail });
  lifeCycle.onStop(database.stop);
  process.stdout.write(`open ${database.databaseUrl}\n`);
  setInterval(() => undefined, 60_000);
});
