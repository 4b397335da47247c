import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolders } from '../../../src/platform/data-directory';
import { prepareCluster } from '../../../src/platform/embedded-postgres/prepare-cluster';

const folder = mkdtempSync(join(tmpdir(), 'barometer-folders-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('making the data folder', () => {
  test('makes every missing folder with its rights, and leaves one that is there alone', () => {
    const inner = join(folder, 'a', 'b');
    makeFolders(inner, 0o711);
    expect(statSync(inner).mode & 0o777).toBe(0o711);
    makeFolders(inner, 0o700);
    expect(statSync(inner).mode & 0o777).toBe(0o711);
  });

  test('a file in the way is a fault, not a folder', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => {
      makeFolders(file, 0o700);
    }).toThrow('EEXIST');
    expect(() => {
      makeFolders(join(file, 'inner'), 0o700);
    }).toThrow('ENOTDIR');
  });

  (existsSync('/proc/self') ? test : test.skip)('a place where nothing can be made is told in one line', async () => {
    for (const place of ['/proc/x', '/proc/x/y']) {
      await expect(prepareCluster(place, {}, [])).rejects.toMatchObject({
        name: 'StartFault',
        message: `${place} cannot be made there; set DATA_DIR to a folder that can be written.`,
      });
    }
  });
});
