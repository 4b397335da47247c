const { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { brotliCompress, constants, gzip } = require('node:zlib');
const { isInstalled, packageRoot, stop } = require('./run-program');

const folder = join(packageRoot, 'public', 'build');
const inputsFile = join(folder, 'inputs.json');
const entries = [
  { input: 'public/js/chart-entry.js', output: 'public/build/chart.js' },
  { input: 'public/js/fieldwork-chart-entry.js', output: 'public/build/fieldwork-chart.js' },
  { input: 'public/js/spread-chart-entry.js', output: 'public/build/spread-chart.js' },
  { input: 'public/js/respondent.js', output: 'public/build/respondent.js' },
  { input: 'public/js/wave-job.js', output: 'public/build/wave-job.js' },
  { input: 'public/js/mailing.js', output: 'public/build/mailing.js' },
  { input: 'public/css/main.css', output: 'public/build/main.css' },
  { input: 'public/css/answering.css', output: 'public/build/answering.css' },
].filter(({ input }) => existsSync(join(packageRoot, input)));

/** Each output is kept compressed beside it, as small as can be: it is built once and sent many times. */
const compressors = {
  '.br': (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};
const written = entries.flatMap(({ output }) => ['', ...Object.keys(compressors)].map((suffix) => output + suffix));

function modifiedAt(path) {
  return statSync(join(packageRoot, path), { throwIfNoEntry: false })?.mtimeMs;
}

function readInputs() {
  try {
    return JSON.parse(readFileSync(inputsFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function isFresh() {
  const inputs = readInputs();
  const builtAt = written.map((path) => modifiedAt(path) ?? 0);
  if (!Array.isArray(inputs) || !entries.every(({ input }) => inputs.includes(input))) return false;
  return inputs.every((path) => (modifiedAt(path) ?? Infinity) <= Math.min(...builtAt));
}

async function compressOutputs() {
  const jobs = entries.flatMap(({ output }) =>
    Object.entries(compressors).map(async ([suffix, compress]) => {
      const path = join(packageRoot, output);
      writeFileSync(path + suffix, await compress(readFileSync(path)));
    }),
  );
  await Promise.all(jobs);
}

/**
 * Bundles and compresses the scripts and the style sheets into public/build, when they changed since the last time. A
 * production installation has no bundler and uses what the build left.
 */
async function buildAssets() {
  if (entries.length === 0 || isFresh()) return;
  if (!isInstalled('esbuild')) {
    const missing = entries.find(({ output }) => modifiedAt(output) === undefined);
    if (missing !== undefined) throw new Error(`${missing.output} is missing; run "npm ci && npm run build"`);
    return;
  }
  const { build } = require('esbuild');
  mkdirSync(folder, { recursive: true });
  const result = await build({
    absWorkingDir: packageRoot,
    entryPoints: entries.map(({ input, output }) => ({
      in: input,
      out: output.replace('public/build/', '').replace(/\.\w+$/, ''),
    })),
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'iife',
    target: ['es2020', 'chrome90', 'firefox90', 'safari14.1'],
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    legalComments: 'none',
    logLevel: 'silent',
  });
  await compressOutputs();
  const inputs = [...Object.keys(result.metafile.inputs), 'package-lock.json', 'bin/build-assets.js'];
  writeFileSync(inputsFile, `${JSON.stringify(inputs)}\n`);
}

module.exports = { buildAssets };

if (require.main === module) {
  buildAssets().catch((error) => {
    stop(`The style sheets and scripts of the pages could not be built: ${error.message}`);
  });
}
