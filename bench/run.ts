import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/platform/package-root';

/**
 * Runs programs one after another, each in a process of its own; bench/results.md keeps what they find. Arguments: names
 * of programs; none: all of them.
 */
const programs = [
  'survey-page',
  'sending',
  'mailing',
  'comparison-page',
  'weight',
  'lighthouse',
  'memory',
  'faults',
  'faults-start',
  'fuzz',
  'release-demo',
  'freeze',
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !programs.includes(name));
if (unknown.length > 0) throw new RangeError(`unknown: ${unknown.join(', ')}; there are ${programs.join(', ')}`);
for (const name of asked.length > 0 ? asked : programs) {
  process.stdout.write(`${name}\n`);
  const args = ['--import', 'tsx', join('bench', `${name}.ts`)];
  const { status } = spawnSync(process.execPath, args, { cwd: packageRoot, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
