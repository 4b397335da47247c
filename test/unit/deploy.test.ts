import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root';
import { makeCertificate } from '../support/certificate';

const folder = join(packageRoot, 'docs', 'deploy');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const units = readdirSync(folder).filter((name) => /\.(service|timer)$/.test(name));

/** Variables that the configuration knows. */
const configuration = readFileSync(join(packageRoot, 'src', 'config.ts'), 'utf8');
const known = new Set([...configuration.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name));
const isKnown = (name: string) => known.has(name.replace(/_FILE$/, '')) || name === 'TZ';

test('containers and units set variables that exist', () => {
  const app = /^ {2}app:[\s\S]*?(?=^ {2}db:)/m.exec(read('compose.yaml'))?.[0] ?? '';
  const inCompose = [...app.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name = '']) => name);
  const inUnits = units.flatMap((unit) =>
    [...read(unit).matchAll(/^Environment=(\w+)=/gm)].map(([, name = '']) => name),
  );
  const inImage = [...read('Dockerfile').matchAll(/^ENV (.*)$/gm)].flatMap(([, text = '']) =>
    text.split(' ').map((pair) => pair.split('=')[0] ?? ''),
  );
  expect([inCompose.length, inUnits.length, inImage.length].every((count) => count >= 3)).toBe(true);
  expect([...inCompose, ...inUnits, ...inImage].filter((name) => !isKnown(name))).toEqual([]);
});

test('every setting of the configuration is told in the README or the operations page', () => {
  const told = ['README.md', 'docs/operations.md']
    .map((file) => readFileSync(join(packageRoot, file), 'utf8'))
    .join('\n');
  expect([...known].filter((name) => !told.includes(name))).toEqual([]);
});

describe('the way in', () => {
  const source = readdirSync(join(packageRoot, 'src', 'http', 'routes'))
    .map((file) => readFileSync(join(packageRoot, 'src', 'http', 'routes', file), 'utf8'))
    .join('\n');

  test('hides the addresses of every personal link from the logs of the proxies', () => {
    const secret = [...source.matchAll(/'(\/[\w-]+)\/:token'/g)].map(([, place = '']) => place);
    expect(new Set(secret)).toEqual(new Set(['/svar', '/logg-inn', '/nei', '/testpost']));
    const nginx = new RegExp(/~\*(\S+) "\/\$1\/\.\.\."/.exec(read('nginx.conf'))?.[1] ?? '(?!)', 'i');
    const caddy = new RegExp(/regexp "(.+)" "…"/.exec(read('Caddyfile'))?.[1] ?? '(?!)', 'g');
    const token = 'q1-W_'.repeat(8);
    for (const place of secret) {
      expect(nginx.test(`${place}/${token}`)).toBe(true);
      expect(`${place}/${token}?videre=${token}`.replaceAll(caddy, '…')).toBe(`${place}/……`);
    }
    expect('/logg-inn/leverandor/entra/retur?code=1'.replaceAll(caddy, '…')).toBe('/logg-inn/leverandor/entra/retur…');
  });

  test('lets the largest file through, and nobody to the figures', () => {
    const upload = readFileSync(join(packageRoot, 'src', 'http', 'read-upload.ts'), 'utf8');
    const largest = Math.max(...[...upload.matchAll(/fileBytes: (\d+) \* mebibyte/g)].map(([, size]) => Number(size)));
    expect(largest).toBe(20);
    expect(Number(/client_max_body_size (\d+)m;/.exec(read('nginx.conf'))?.[1])).toBeGreaterThan(largest);
    expect(Number(/max_size (\d+)MB/.exec(read('Caddyfile'))?.[1]) * 1e6).toBeGreaterThan(largest * 2 ** 20);
    expect(read('nginx.conf')).toMatch(/location = \/metrics \{\s+return 404;/);
    expect(read('Caddyfile')).toContain('respond /metrics 404');
  });
});

test('the image holds what the program reads, and runs as nobody special', () => {
  const text = read('Dockerfile');
  const copied = [...text.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  const inPackage = copied
    .map((path) => path.replace('/app/', ''))
    .filter((path) => !['dist', 'node_modules'].includes(path));
  expect(inPackage.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  expect(inPackage).toEqual(expect.arrayContaining(['package.json', 'bin', 'views', 'public', 'surveys']));
  expect(text.indexOf('USER node')).toBeGreaterThan(text.lastIndexOf('RUN '));
  const ignored = read('Dockerfile.dockerignore').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'data', '**/.env', '**/secrets']));
});

test('the database of the containers has no port outside, and passwords come from files', () => {
  const text = read('compose.yaml');
  expect([...text.matchAll(/ports: (.*)/g)].map(([, ports]) => ports)).toEqual(["['127.0.0.1:3000:3000']"]);
  expect(text).not.toMatch(/PASSWORD:|postgres:\/\/\w+:/);
});

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
(analyze ? test : test.skip)('systemd finds no fault with the units', () => {
  const { status, stderr } = spawnSync(
    'systemd-analyze',
    ['verify', '--recursive-errors=no', ...units.map((unit) => join(folder, unit))],
    { encoding: 'utf8' },
  );
  const ours = stderr
    .split('\n')
    .filter((line) => line.includes('innovasjonsbarometer') && !line.includes('is not executable'));
  expect([ours, status]).toEqual([[], 0]);
});

const nginx = spawnSync('nginx', ['-v']).status === 0;
(nginx ? test : test.skip)('nginx finds no fault with its file', () => {
  const place = mkdtempSync(join(tmpdir(), 'barometer-nginx-'));
  try {
    const { key, cert } = makeCertificate();
    writeFileSync(join(place, 'key.pem'), key);
    writeFileSync(join(place, 'cert.pem'), cert);
    const site = read('nginx.conf')
      .replace(/\/etc\/letsencrypt\/\S+\/fullchain\.pem/, join(place, 'cert.pem'))
      .replace(/\/etc\/letsencrypt\/\S+\/privkey\.pem/, join(place, 'key.pem'))
      .replaceAll('/var/log/nginx', place)
      .replace(/listen (\[::\]:)?(80|443)/g, (_listen, host = '', port) => `listen ${String(host)}1${String(port)}`);
    writeFileSync(
      join(place, 'nginx.conf'),
      `pid ${place}/pid;\nerror_log ${place}/main.log;\nevents {}\nhttp {\n${site}\n}\n`,
    );
    const { status, stderr } = spawnSync('nginx', ['-t', '-c', join(place, 'nginx.conf')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful') as string]);
  } finally {
    rmSync(place, { recursive: true });
  }
});

const caddy = spawnSync('caddy', ['version']).status === 0;
(caddy ? test : test.skip)('Caddy finds no fault with its file', () => {
  const { status, stderr } = spawnSync(
    'caddy',
    ['adapt', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile', '--validate'],
    { encoding: 'utf8', env: { ...process.env, XDG_DATA_HOME: tmpdir(), XDG_CONFIG_HOME: tmpdir() } },
  );
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
});
