import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findChromium } from '../test/support/find-chromium';
import { openComparison } from './support/comparison-site';
import { report, type Figure } from './support/figures';
import { signRespondent } from './support/network';
import { pageAddress, startSiteProduct, storePageDrafts, withSite } from './support/survey-site';

/**
 * Lighthouse (mobile, slow 4G, slowed processor) on the pages that most people meet. It is fetched by npx and is no
 * dependency. Arguments: runs per page, names of pages (start, question, front, comparison; none: all).
 */
const lighthouse = 'lighthouse@12.8.2';
const runs = Number(process.argv[2] ?? 3);
const asked = process.argv.slice(3);
const responsesBehind = 1_000;
const categories = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;

const resultSchema = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), numericValue: z.number().optional() }),
  ),
  runtimeError: z.object({ message: z.string() }).optional(),
});
type Result = z.infer<typeof resultSchema>;

interface Target {
  readonly name: string;
  readonly path: string;
  readonly cookie: string;
}

async function runLighthouse(chromium: string, address: string, target: Target, folder: string): Promise<Result> {
  const file = join(folder, `${target.name}.json`);
  const args = [
    ...['--yes', lighthouse, address + target.path, '--quiet', '--output=json', `--output-path=${file}`],
    `--only-categories=${Object.keys(categories).join(',')}`,
    `--chrome-flags=--headless=new --no-sandbox --disable-gpu`,
    ...(target.cookie === '' ? [] : [`--extra-headers=${JSON.stringify({ Cookie: target.cookie })}`]),
  ];
  const child = spawn('npx', args, { env: { ...process.env, CHROME_PATH: chromium }, stdio: ['ignore', 'ignore', 2] });
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`lighthouse ends with ${String(status)} on ${target.name}`);
  const result = resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (result.runtimeError !== undefined) throw new Error(result.runtimeError.message);
  return result;
}

function describe(name: string, results: readonly Result[]): readonly Figure[] {
  const scores = Object.entries(categories).map(([category, atLeast]): Figure => ({
    name: `${name}: ${category}`,
    rounds: results.map(({ categories: found }) => Math.round(100 * (found[category]?.score ?? 0))),
    unit: 'of 100',
    target: { atLeast },
  }));
  const times = (['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time'] as const).map(
    (audit): Figure => ({
      name: `${name}: ${audit}`,
      rounds: results.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN),
      unit: 'ms',
    }),
  );
  return [...scores, ...times];
}

/** Audits that took points off, for a remark. */
function listFaults(name: string, results: readonly Result[]): readonly string[] {
  const found = results.flatMap(({ audits }) =>
    Object.values(audits).filter(({ score }) => score !== null && score < 0.9),
  );
  return [...new Set(found.map(({ title }) => title))].map((title) => `${name}: ${title}.`);
}

void withSite(1_000, async (site) => {
  const chromium = findChromium(process.env);
  if (!('path' in chromium)) throw new Error(chromium.missing);
  const [respondent] = await storePageDrafts(site, 1);
  if (respondent === undefined) throw new RangeError('nobody is invited');
  const comparison = await openComparison(site.context, responsesBehind);
  const product = await startSiteProduct(site);
  const address = `http://127.0.0.1:${product.port}`;
  const targets: readonly Target[] = [
    { name: 'start', path: respondent.link, cookie: '' },
    { name: 'question', path: pageAddress, cookie: signRespondent(site.context, respondent.invitationId).cookie },
    { name: 'front', path: '/', cookie: '' },
    { name: 'comparison', path: comparison.path, cookie: await comparison.signIn(product.port) },
  ].filter(({ name }) => asked.length === 0 || asked.includes(name));
  const folder = join(site.folder, 'lighthouse');
  mkdirSync(folder);
  const results = new Map<string, Result[]>(targets.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const target of targets) {
      results.get(target.name)?.push(await runLighthouse(chromium.path, address, target, folder));
    }
  }
  report(
    [...results].flatMap(([name, found]) => describe(name, found)),
    {
      remarks: [
        `${lighthouse}, mobile form factor with simulated slow 4G and a processor four times slower, ${chromium.path}.`,
        ...[...results].flatMap(([name, found]) => listFaults(name, found)),
      ],
    },
  );
  await product.kill('SIGTERM');
});
