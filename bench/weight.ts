import { request } from 'node:http';
import { signRespondent } from './support/network';
import { report, type Figure } from './support/figures';
import { openComparison } from './support/comparison-site';
import { pageAddress, startSiteProduct, storePageDrafts, withSite } from './support/survey-site';

/** What a browser fetches on a first visit, as it comes over the wire: file by file, headers apart. */
const encodings = 'gzip, deflate, br';
const responsesBehind = 1_000;

interface Fetched {
  readonly bytes: number;
  readonly encoding: string;
  readonly text: string;
}

function fetchAsSent(port: number, path: string, cookie: string, accept = encodings): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    request({ port, path, host: '127.0.0.1', headers: { 'Accept-Encoding': accept, Cookie: cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${path} answers ${String(response.statusCode)}`));
        const body = Buffer.concat(chunks);
        resolve({
          bytes: body.length,
          encoding: response.headers['content-encoding'] ?? 'plain',
          text: body.toString(),
        });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** Files that a page and its style sheets ask for; fonts are told apart. */
function listFiles(text: string, base: string): readonly string[] {
  const found = [...text.matchAll(/(?:<link[^>]+href|<script[^>]+src)="([^"#]+)"|url\(["']?([^)"']+)["']?\)/g)];
  const paths = found.map(([, first = '', second = '']) => first || second).filter((path) => !path.startsWith('data:'));
  return [...new Set(paths)]
    .map((path) => new URL(path, `http://localhost${base}`))
    .map(({ pathname, search }) => pathname + search);
}

async function weigh(page: {
  port: number;
  path: string;
  cookie: string;
  label: string;
  atMost: number;
}): Promise<readonly Figure[]> {
  const { port, path, cookie, label, atMost } = page;
  const plain = await fetchAsSent(port, path, cookie, 'identity');
  const queue = [path, ...listFiles(plain.text, path)];
  const weights: { name: string; kibibytes: number; encoding: string }[] = [];
  for (const file of queue) {
    const { bytes, encoding } = await fetchAsSent(port, file, cookie);
    weights.push({ name: file === path ? 'page' : (file.split('?')[0] ?? file), kibibytes: bytes / 1024, encoding });
    if (!file.includes('.css')) continue;
    const style = await fetchAsSent(port, file, cookie, 'identity');
    queue.push(...listFiles(style.text, file).filter((each) => !queue.includes(each)));
  }
  const isFont = ({ name }: { name: string }) => name.endsWith('.woff2');
  const total = weights.filter((each) => !isFont(each)).reduce((sum, { kibibytes }) => sum + kibibytes, 0);
  return [
    { name: `${label}: first visit without fonts`, rounds: [total], unit: 'KiB', target: { atMost } },
    ...weights.map(({ name, kibibytes, encoding }) => ({
      name: `${label}: ${name}`,
      rounds: [kibibytes],
      unit: 'KiB',
      reference: encoding,
    })),
  ];
}

void withSite(1_000, async (site) => {
  const [respondent] = await storePageDrafts(site, 1);
  const comparison = await openComparison(site.context, responsesBehind);
  const product = await startSiteProduct(site);
  const { cookie } = signRespondent(site.context, respondent?.invitationId ?? '');
  const session = await comparison.signIn(product.port);
  const { port } = product;
  report(
    [
      ...(await weigh({ port, path: pageAddress, cookie, label: 'survey page', atMost: 20 })),
      ...(await weigh({ port, path: comparison.path, cookie: session, label: 'comparison page', atMost: 120 })),
    ],
    {
      remarks: [
        'Bodies as sent with `Accept-Encoding: gzip, deflate, br`. Lighthouse is no dependency and was not run.',
      ],
    },
  );
  await product.kill('SIGTERM');
});
