import { CsvError, parse } from 'csv-parse/sync';
import type { BaselineFault, BaselineFile } from '../domain/benchmark/baselines';

interface ParsedRecord {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

function isParsedRecord(value: unknown): value is ParsedRecord {
  return typeof value === 'object' && value !== null && 'record' in value && 'info' in value;
}

/**
 * Reads one file of published figures: UTF-8, comma, header.
 * @param baseline identifier of the baseline
 * @param file name to report faults under
 * @param text the file's exact text
 * @returns its records with the line each one starts on, or the fault that makes it unreadable
 */
export function readBaselineCsv(
  baseline: string,
  file: string,
  text: string,
): { readonly file: BaselineFile } | { readonly fault: BaselineFault } {
  try {
    const parsed: readonly unknown[] = parse(text, { bom: true, columns: true, info: true });
    let line = 2;
    const records = parsed.filter(isParsedRecord).map(({ record, info }) => {
      const start = line;
      line = info.lines + 1;
      return { line: start, record };
    });
    return { file: { baseline, file, text, records } };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { fault: { file, line, column: '', message: error.message } };
  }
}
