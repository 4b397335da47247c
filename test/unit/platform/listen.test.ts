import { listen } from '../../../src/platform/listen';

const slowMilliseconds = 200;

describe('the HTTP server', () => {
  test('asks visitors to come back until the application is ready', async () => {
    const listening = await listen('127.0.0.1', 0);
    const response = await fetch(`http://127.0.0.1:${listening.port}/`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    await listening.close();
  });

  test('answers running requests before it closes, and takes no new ones', async () => {
    const listening = await listen('127.0.0.1', 0);
    const arrived = new Promise<void>((resolve) => {
      listening.serve((_request, response) => {
        resolve();
        setTimeout(() => response.end('late'), slowMilliseconds);
      });
    });
    const page = fetch(`http://127.0.0.1:${listening.port}/`);
    await arrived;
    const closed = listening.close();
    await expect(fetch(`http://127.0.0.1:${listening.port}/`)).rejects.toThrow('fetch failed');
    expect(await (await page).text()).toBe('late');
    await closed;
  });

  test('refuses a taken port with one line', async () => {
    const first = await listen('127.0.0.1', 0);
    await expect(listen('127.0.0.1', first.port)).rejects.toThrow(/^Port \d+ on 127\.0\.0\.1 is taken; stop/);
    await first.close();
  });
});
