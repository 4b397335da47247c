import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isTraversableByOthers } from '../../../src/platform/data-directory';
import { listBinariesPlaces, type BinariesPlace } from '../../../src/platform/embedded-postgres/find-binaries';
import { prepareCluster } from '../../../src/platform/embedded-postgres/prepare-cluster';
import { findWorkingBinaries, restoreLibraryLinks } from '../../../src/platform/embedded-postgres/place-binaries';

const installed = listBinariesPlaces('').find(({ packageDirectory }) => packageDirectory !== undefined);
const isRoot = process.getuid?.() === 0;
const testWithPackage = installed === undefined ? test.skip : test;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'barometer-programs-'));
  chmodSync(folder, 0o755);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function readLinks(native: string): string[] {
  const list = readFileSync(join(native, 'pg-symlinks.json'), 'utf8');
  return [...list.matchAll(/"target":"([^"]+)"/g)].map((match) => join(dirname(native), match[1]!));
}

/** A copy of the package as npm leaves it when install scripts are blocked: without links between libraries. */
function installWithoutScripts(into: string): BinariesPlace {
  const packageDirectory = join(into, 'native');
  mkdirSync(into, { recursive: true });
  cpSync(installed!.packageDirectory!, packageDirectory, { recursive: true, verbatimSymlinks: true });
  cpSync(join(installed!.packageDirectory!, '..', 'package.json'), join(into, 'package.json'));
  for (const link of readLinks(packageDirectory)) unlinkSync(link);
  return { directory: join(packageDirectory, 'bin'), packageDirectory };
}

describe('the programs of Postgres', () => {
  testWithPackage('run although npm was told to run no install scripts', () => {
    const place = installWithoutScripts(join(folder, 'package'));
    const [binaries] = findWorkingBinaries(folder, [place]);
    expect(binaries).toMatchObject({ directory: place.directory, major: 18 });
    expect(readLinks(place.packageDirectory!).every((link) => existsSync(link))).toBe(true);
    expect(() => {
      restoreLibraryLinks(place.packageDirectory!);
    }).not.toThrow();
  });

  (isRoot ? testWithPackage : test.skip)('are copied beside the data once when they lie in a closed folder', () => {
    const closed = join(folder, 'closed');
    const place = installWithoutScripts(join(closed, 'package'));
    chmodSync(closed, 0o700);
    expect(isTraversableByOthers(place.directory)).toBe(false);
    const data = join(folder, 'data');
    mkdirSync(data);
    const [first] = findWorkingBinaries(data, [place]);
    expect(first?.directory.startsWith(join(data, 'postgres-programs-'))).toBe(true);
    rmSync(closed, { recursive: true });
    const [second] = findWorkingBinaries(data, [{ directory: first!.directory, packageDirectory: undefined }]);
    expect(second?.version).toBe(first?.version);
  });

  test('that lie on the search path are used where no package fits', () => {
    const [found] = listBinariesPlaces(installed?.directory ?? '').filter(
      (place) => place.packageDirectory === undefined,
    );
    expect(found?.directory).toBe(installed?.directory);
  });

  test('that are nowhere lead to one line about DATABASE_URL', async () => {
    await expect(prepareCluster(folder, {}, [])).rejects.toThrow(
      /^No Postgres runs on this machine; set DATABASE_URL to a Postgres of version 14 or newer\.$/,
    );
  });
});
