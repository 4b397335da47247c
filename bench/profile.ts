import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openComparison } from './support/comparison-site';
import { report, type Figure } from './support/figures';
import { writeGet } from './support/http-connection';
import { compileProduct, startProduct } from './support/site';
import { storePageDrafts, withSite, writePageGets, writePagePosts, writeSendings } from './support/survey-site';
import { storeDrafts } from './support/network';

/**
 * Where the processor time of the survey path goes: a profile of the product while a page is read or saved, while
 * responses are sent, or while the comparison page is read. Arguments: `get`, `post`, `send` or `comparison`, seconds,
 * number of lines, folder of another source tree.
 */
const kind = process.argv[2] ?? 'get';
const seconds = Number(process.argv[3] ?? 6);
const lineCount = Number(process.argv[4] ?? 40);
const other = process.argv[5];
/** The start, and the first requests before the code is compiled, are left out. */
const measuredShare = 0.6;
const connections = 16;
const respondents = 128;
const responsesBehind = 1_000;
const mostSentPerSecond = 2_500;

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Package or source file of a function. */
function placeOf(url: string): string {
  if (url === '') return '(native)';
  const [, packaged] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  const [, own] = /dist\/(src\/.*)\.js$/.exec(url) ?? [];
  return packaged ?? own ?? url.replace(/^.*\//, '');
}

/** Time by name: each stack counts once for a name, however often it stands in it. */
function sumTime(
  profile: Profile,
  nameOf: (frame: Profile['nodes'][number]['callFrame']) => string,
  isSelfOnly: boolean,
) {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const times = new Map<string, number>();
  let busy = 0;
  let left = profile.timeDeltas.reduce((sum, time) => sum + time, 0);
  profile.samples.forEach((sample, index) => {
    const time = profile.timeDeltas[index] ?? 0;
    left -= time;
    if (left > measuredShare * seconds * 1e6) return;
    const names = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = isSelfOnly ? undefined : parents.get(id)) {
      const node = nodes.get(id);
      if (node !== undefined) names.add(nameOf(node.callFrame));
    }
    if ([...names].some((name) => name.startsWith('(idle)') || name.startsWith('(program)'))) return;
    busy += time;
    for (const name of names) times.set(name, (times.get(name) ?? 0) + time);
  });
  return { times, busy };
}

function listShares(profile: Profile, label: string, isSelfOnly: boolean, byPlace: boolean): readonly Figure[] {
  const nameOf = ({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']) =>
    byPlace
      ? url === '' && functionName.startsWith('(')
        ? functionName
        : placeOf(url)
      : `${functionName || '(anonymous)'} ${placeOf(url)}:${lineNumber + 1}`;
  const { times, busy } = sumTime(profile, nameOf, isSelfOnly);
  return [...times]
    .sort(([, first], [, second]) => second - first)
    .slice(0, lineCount)
    .map(([name, time]) => ({
      name: `${label}: ${name.replaceAll('|', '/')}`,
      rounds: [(100 * time) / busy],
      unit: '%',
    }));
}

void withSite(kind === 'send' ? mostSentPerSecond * seconds : 8 * respondents, async (site) => {
  const comparison = kind === 'comparison' ? await openComparison(site.context, responsesBehind) : null;
  const chosen = await storePageDrafts(site, kind === 'send' ? 0 : respondents);
  if (kind === 'send') await storeDrafts(site.context, site.invited);
  const folder = join(site.folder, 'profile');
  mkdirSync(folder);
  const otherFolder = join(site.folder, 'other');
  if (other !== undefined) compileProduct(otherFolder, resolve(other));
  const environment = { DATABASE_URL: site.postgres.databaseUrl };
  const profiling = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const product = await startProduct(other === undefined ? site.folder : otherFolder, environment, profiling);
  const isPosted = kind === 'post' || kind === 'send';
  const expectedStatus = isPosted ? 303 : 200;
  const pages =
    kind === 'send'
      ? writeSendings(site.context, site.invited)
      : isPosted
        ? writePagePosts(site.context, chosen)
        : writePageGets(site.context, chosen);
  const requests =
    comparison === null
      ? pages
      : [writeGet(comparison.path, { Cookie: await comparison.signIn(product.port), 'Accept-Encoding': 'gzip, br' })];
  await site.load.repeat({
    port: product.port,
    connections,
    requests,
    seconds,
    expectedStatus,
    isOnce: kind === 'send',
  });
  await product.kill('SIGTERM');
  const [file = ''] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  report(
    [
      ...listShares(profile, 'own time by package', true, true),
      ...listShares(profile, 'with callees', false, false),
      ...listShares(profile, 'own time', true, false),
    ],
    { isKept: false },
  );
});
