import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findChromium } from '../../support/find-chromium';

const folder = mkdtempSync(join(tmpdir(), 'barometer-browser-'));
const browser = join(folder, 'chromium-browser');
beforeAll(() => {
  writeFileSync(browser, '');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the browser of the tests', () => {
  test('is the one that CHROMIUM_PATH names', () => {
    expect(findChromium({ CHROMIUM_PATH: browser, PATH: '' })).toEqual({ path: browser });
  });

  test('is never another one than CHROMIUM_PATH names', () => {
    const missing = join(folder, 'nowhere');
    expect(findChromium({ CHROMIUM_PATH: missing, PATH: folder })).toEqual({
      missing: `CHROMIUM_PATH is ${missing}, which does not exist`,
      wasAskedFor: true,
    });
  });

  test('is looked for on PATH', () => {
    expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).toEqual({ path: browser });
    expect(findChromium({ CHROMIUM_PATH: '', PATH: folder })).toEqual({ path: browser });
  });
});
