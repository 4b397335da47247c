import { createHash } from 'node:crypto';
import { z } from 'zod';

const filled = z.string().trim().min(1, 'must not be empty');

/** One published figure of another barometer: a line of surveys/baselines/<baseline>.csv with every column kept. */
export const baselineRowSchema = z.strictObject({
  /** ISO country code where a file holds several countries; absent where it holds one. */
  country: filled.optional(),
  indicator_id: filled,
  indicator_en: filled,
  indicator_no: filled,
  round: filled,
  period: z.string().regex(/^\d{4}(-\d{4})?$/, 'expected a year or two years such as 2018-2019'),
  population: filled,
  base: filled,
  option_id: z.string(),
  option_en: z.string(),
  value: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'expected a number with a decimal point')
    .transform(Number),
  unit: z.enum(['percent', 'percent_rounded', 'number'], 'expected percent, percent_rounded or number'),
  n: z
    .string()
    .regex(/^\d*$/, 'expected a whole number or nothing')
    .transform((text) => (text === '' ? null : Number(text))),
  source_title: filled,
  source_url: z.url({ protocol: /^https?$/, error: 'expected a web address' }),
  source_excerpt: filled,
  confidence: z.enum(['high', 'medium', 'low'], 'expected high, medium or low'),
});

export type BaselineRow = Readonly<z.infer<typeof baselineRowSchema>>;

/** Every published figure that the installation knows, by baseline, and a hash over the files they came from. */
export interface BaselineCatalogue {
  readonly rows: ReadonlyMap<string, readonly BaselineRow[]>;
  readonly sha256: string;
}

/** A baseline file: exact text, and its records with the line each one starts on. */
export interface BaselineFile {
  /** Baseline identifier, the file's name without extension. */
  readonly baseline: string;
  readonly file: string;
  readonly text: string;
  readonly records: readonly { readonly line: number; readonly record: Readonly<Record<string, string>> }[];
}

export interface BaselineFault {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly message: string;
}

/**
 * Checks baseline files and makes the catalogue of published figures.
 * @param files every baseline file
 * @returns the catalogue, or every fault with file, line and column when there is one
 */
export function buildBaselineCatalogue(
  files: readonly BaselineFile[],
): { readonly catalogue: BaselineCatalogue } | { readonly faults: readonly BaselineFault[] } {
  const rows = new Map<string, readonly BaselineRow[]>();
  const faults: BaselineFault[] = [];
  for (const file of files) {
    const checked = checkFile(file);
    rows.set(file.baseline, checked.rows);
    faults.push(...checked.faults);
  }
  return faults.length > 0 ? { faults } : { catalogue: { rows, sha256: hashFiles(files) } };
}

function checkFile(file: BaselineFile): { rows: readonly BaselineRow[]; faults: readonly BaselineFault[] } {
  const rows: BaselineRow[] = [];
  const faults: BaselineFault[] = [];
  const firstLines = new Map<string, number>();
  if (file.records.length === 0) faults.push({ file: file.file, line: 1, column: '', message: 'no figures' });
  for (const { line, record } of file.records) {
    const parsed = baselineRowSchema.safeParse(record);
    if (!parsed.success) {
      faults.push(
        ...parsed.error.issues.map((issue) => ({
          file: file.file,
          line,
          column: issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''),
          message: issue.message,
        })),
      );
      continue;
    }
    if (!isPossible(parsed.data)) {
      faults.push({ file: file.file, line, column: 'value', message: 'a percentage must lie between 0 and 100' });
    }
    const key = identify(parsed.data);
    const earlier = firstLines.get(key);
    if (earlier === undefined) firstLines.set(key, line);
    else faults.push({ file: file.file, line, column: 'indicator_id', message: `same figure as on line ${earlier}` });
    rows.push(parsed.data);
  }
  return { rows, faults };
}

function isPossible(row: BaselineRow): boolean {
  return row.unit === 'number' || (row.value >= 0 && row.value <= 100);
}

function identify(row: BaselineRow): string {
  return JSON.stringify([
    row.country ?? null,
    row.indicator_id,
    row.option_id,
    row.round,
    row.period,
    row.population,
    row.base,
  ]);
}

function hashFiles(files: readonly BaselineFile[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    hash.update(`${file.file}\u0000${file.text}\u0000`);
  }
  return hash.digest('hex');
}
