import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root';

/** One line of a result. */
export interface Figure {
  readonly name: string;
  /** Value of every round, or of the only one. */
  readonly rounds: readonly number[];
  readonly unit: string;
  /** What it is compared with. */
  readonly reference?: string;
  /** Bound that the median is held against. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
}

const resultsFile = join(packageRoot, 'bench', 'results.md');

/** Middle value; the lower one of two. */
export function findMedian(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function writeTarget({ rounds, target }: Figure): string {
  if (target === undefined) return '';
  const value = findMedian(rounds);
  const [bound, isMet] =
    'atLeast' in target
      ? [`≥ ${writeNumber(target.atLeast)}`, value >= target.atLeast]
      : [`≤ ${writeNumber(target.atMost)}`, value <= target.atMost];
  return `${bound}: ${isMet ? 'met' : 'NOT met'}`;
}

function describe(figure: Figure): readonly string[] {
  const { name, rounds, unit, reference = '' } = figure;
  const range = rounds.length > 1 ? `${writeNumber(Math.min(...rounds))}–${writeNumber(Math.max(...rounds))}` : '';
  return [name, writeNumber(findMedian(rounds)), unit, range, reference, writeTarget(figure)];
}

function readCommit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const changes = git('status', '--porcelain').toString().trim() === '' ? '' : ' with changes';
    return `commit ${git('rev-parse', '--short', 'HEAD').toString().trim()}${changes}`;
  } catch {
    return 'no commit';
  }
}

function describeMachine(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${processor?.model ?? 'unknown'}), ${memory} GiB, Node ${process.versions.node}`;
}

function keepSection(name: string, section: string): void {
  const known = existsSync(resultsFile) ? readFileSync(resultsFile, 'utf8') : '';
  const sections = new Map(
    known
      .split(/^(?=## )/m)
      .slice(1)
      .map((text): [string, string] => [text.slice(3, text.indexOf('\n')), text.trimEnd()]),
  );
  sections.set(name, section);
  const heading = `# Results

Medians of interleaved rounds, lowest and highest beside them. Rates of a shared machine mean little on their own:
read the ratios, then the processor time per request. Each program replaces its own section.
`;
  const sorted = [...sections].sort(([first], [second]) => first.localeCompare(second));
  writeFileSync(resultsFile, `${heading}\n${sorted.map(([, text]) => text).join('\n\n')}\n`);
}

/**
 * Prints figures, one a line, and puts them into bench/results.md with machine, commit and command.
 * @param figures the figures
 * @param details Postgres' version, when one took part, remarks in whole sentences, and whether the file keeps them
 */
export function report(
  figures: readonly Figure[],
  details: { readonly postgres?: string; readonly remarks?: readonly string[]; readonly isKept?: boolean } = {},
): void {
  const rows = figures.map(describe);
  const program = basename(process.argv[1] ?? '', '.ts');
  for (const [name = '', value = '', unit = '', range = '', reference = '', target = ''] of rows) {
    const beside = [range === '' ? '' : `(${range})`, reference, target].filter((text) => text !== '').join('  ');
    process.stdout.write(`${name} ${value} ${unit} ${beside}\n`);
  }
  const machine = [describeMachine(), ...(details.postgres === undefined ? [] : [`PostgreSQL ${details.postgres}`])];
  const command = ['npx tsx', `bench/${program}.ts`, ...process.argv.slice(2)].join(' ');
  const lines = [
    `## ${program}`,
    '',
    `\`${command}\` · ${new Date().toISOString().slice(0, 10)} · ${readCommit()} · ${machine.join(', ')}`,
    '',
    '| figure | median | unit | rounds | reference | target |',
    '| --- | --: | --- | --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ...(details.remarks ?? []).flatMap((remark) => ['', remark]),
  ];
  if (details.isKept !== false) keepSection(program, lines.join('\n'));
}
