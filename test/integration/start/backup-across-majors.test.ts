import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../../src/db/database';
import { ensureRunning, formatDatabaseUrl } from '../../../src/platform/embedded-postgres/ensure-running';
import { prepareCluster } from '../../../src/platform/embedded-postgres/prepare-cluster';
import { stopPostmaster } from '../../../src/platform/embedded-postgres/run-postmaster';
import { migrateDatabase } from '../../../src/platform/migrate';
import { backUp, dropEmptyDatabases, openEmptyDatabase, readSections, restoreInto } from '../../support/backups';
import { createEmptyDatabase } from '../../support/database';
import { createTestContext } from '../../support/fieldwork';
import { createResultsNetwork } from '../../support/results-network';

const machineFolder = '/usr/lib/postgresql';
const majors = existsSync(machineFolder)
  ? readdirSync(machineFolder).filter((major) => existsSync(join(machineFolder, major, 'bin', 'initdb')))
  : [];
afterAll(dropEmptyDatabases);

/** A Postgres of the machine with a locale and settings that differ from the embedded one's. */
async function startMachinePostgres(major: string) {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-major-'));
  const directory = join(machineFolder, major, 'bin');
  const settings = { datestyle: 'German', timezone: 'Asia/Tokyo', bytea_output: 'escape', extra_float_digits: '0' };
  const cluster = await prepareCluster(folder, settings, [{ directory, packageDirectory: undefined }]);
  const { port } = await ensureRunning(cluster);
  return {
    adminUrl: formatDatabaseUrl(cluster, port, 'postgres'),
    stop: async () => {
      await stopPostmaster(cluster.binaries, cluster.paths.data);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const has = majors.length > 0;
(has ? test.each(majors) : test.skip.each(['15']))(
  'what PostgreSQL %s holds goes into the embedded one and back, byte for byte',
  async (major) => {
    const machine = await startMachinePostgres(major);
    try {
      const { url, drop } = await createEmptyDatabase(machine.adminUrl);
      await migrateDatabase(url);
      const db = createDatabase(url);
      await createResultsNetwork(await createTestContext(db), 'nett');
      const { rows } = await db.raw<{ rows: { server_version: string }[] }>('SHOW server_version');
      expect(rows[0]?.server_version).toMatch(new RegExp(`^${major}\\b`));
      const file = await backUp(db);
      await db.destroy();
      const target = await openEmptyDatabase();
      await restoreInto(target, file);
      const there = await backUp(target.db);
      expect(readSections(there)).toEqual(readSections(file));

      const back = await createEmptyDatabase(machine.adminUrl);
      const backDb = createDatabase(back.url);
      await restoreInto({ db: backDb, url: back.url }, there);
      expect(readSections(await backUp(backDb))).toEqual(readSections(file));
      expect(readSections(file).get('release_estimate')?.length).toBeGreaterThan(1000);
      await backDb.destroy();
      await drop();
      await back.drop();
    } finally {
      await machine.stop();
    }
  },
);
