import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeUnfinishedFolders } from '../../../src/platform/embedded-postgres/unfinished-folders';

const fill = `
  const { writeFileSync } = require('node:fs');
  const end = Date.now() + 500;
  for (let file = 0; Date.now() < end; file += 1) {
    try { writeFileSync(process.argv[1] + '/' + file, ''); } catch { break; }
    if (file === 100) process.stdout.write('busy');
  }
`;

test('a folder that is still being filled by what a killed start left behind is removed all the same', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'barometer-start-'));
  const ended = spawn(process.execPath, ['--version']);
  await new Promise((resolve) => ended.once('exit', resolve));
  const unfinished = join(dataDirectory, `postgres.new-${ended.pid!}-abc`);
  const inner = join(unfinished, 'cluster');
  mkdirSync(inner, { recursive: true });
  const orphans = [0, 1, 2].map(() => spawn(process.execPath, ['-e', fill, inner]));
  try {
    await Promise.all(orphans.map((orphan) => new Promise((resolve) => orphan.stdout.once('data', resolve))));
    await removeUnfinishedFolders(dataDirectory);
    expect(existsSync(unfinished)).toBe(false);
  } finally {
    for (const orphan of orphans) orphan.kill('SIGKILL');
    rmSync(dataDirectory, { recursive: true, force: true });
  }
});
