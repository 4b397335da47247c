import { createHash, type Hash } from 'node:crypto';
import type { z } from 'zod';
import {
  backupCheckSchema,
  backupFormat,
  backupHeadSchema,
  backupSourceSchema,
  backupTailSchema,
  backupTitle,
  countLines,
  rowsEnd,
  type BackupHead,
  type BackupSection,
} from '../formats/backup-file';
import { AppError } from '../errors';

/** A line longer than this is no line of ours but for rows, which may be as long as they like. */
const longestLineBytes = 4 * 1024 * 1024;
const lastRow = Buffer.from(`\n${rowsEnd}\n`);
const noRow = lastRow.subarray(1);
const lineFeed = 0x0a;

/** A backup whose head has been read. */
export interface BackupFile {
  readonly head: BackupHead;
  /** The sections in their order; the rows of each are read to their end before the next one is asked for. */
  readonly sections: () => AsyncGenerator<BackupSection>;
}

/** The bytes that have come and were not used yet. */
interface Input {
  readonly next: () => Promise<IteratorResult<Buffer, unknown>>;
  readonly whole: Hash;
  waiting: Buffer;
}

function damaged(place: string): AppError {
  return new AppError('backup_damaged', { values: { place } });
}

async function readMore(input: Input, place: string): Promise<void> {
  const { value, done } = await input.next();
  if (done === true) throw damaged(place);
  input.waiting = input.waiting.length === 0 ? value : Buffer.concat([input.waiting, value]);
}

function take(input: Input, length: number): Buffer {
  const taken = input.waiting.subarray(0, length);
  input.waiting = input.waiting.subarray(length);
  return taken;
}

async function readLine(input: Input, place: string): Promise<Buffer> {
  for (let end = input.waiting.indexOf(lineFeed); ; end = input.waiting.indexOf(lineFeed)) {
    if (end !== -1) return take(input, end + 1);
    if (input.waiting.length > longestLineBytes) throw damaged(place);
    await readMore(input, place);
  }
}

function parseLine<Value>(schema: z.ZodType<Value>, line: Buffer, place: string): Value {
  try {
    return schema.parse(JSON.parse(line.toString()));
  } catch {
    throw damaged(place);
  }
}

async function* readRows(input: Input, place: string): AsyncGenerator<Buffer> {
  for (;;) {
    if (input.waiting.subarray(0, noRow.length).equals(noRow)) return;
    const end = input.waiting.indexOf(lastRow);
    const complete = end === -1 ? input.waiting.lastIndexOf(lineFeed) : end;
    if (complete !== -1) yield take(input, complete + 1);
    if (end === -1) await readMore(input, place);
  }
}

async function* readSections(input: Input): AsyncGenerator<BackupSection> {
  for (let count = 0; ; count += 1) {
    const line = await readLine(input, `section ${count + 1}`);
    if (line.toString().startsWith('{"sections":')) {
      const { sections, sha256 } = parseLine(backupTailSchema, line, 'end');
      const isOver = input.waiting.length === 0 && (await input.next()).done === true;
      if (sections !== count || sha256 !== input.whole.digest('hex') || !isOver) throw damaged('end');
      return;
    }
    input.whole.update(line);
    const source = parseLine(backupSourceSchema, line, `section ${count + 1}`);
    yield* readSection(input, source);
  }
}

async function* readSection(input: Input, source: BackupSection['source']): AsyncGenerator<BackupSection> {
  const place = source.kind === 'table' ? source.table : `responses of ${source.waveId}`;
  const part = createHash('sha256');
  const read = { lines: 0 };
  const rows = async function* (): AsyncGenerator<Buffer> {
    for await (const bytes of readRows(input, place)) {
      input.whole.update(bytes);
      part.update(bytes);
      read.lines += countLines(bytes);
      yield bytes;
    }
  };
  yield { source, rows: rows() };
  input.whole.update(take(input, noRow.length));
  const line = await readLine(input, place);
  input.whole.update(line);
  const check = parseLine(backupCheckSchema, line, place);
  if (check.rows !== read.lines || check.sha256 !== part.digest('hex')) throw damaged(place);
}

/**
 * Reads a backup as it comes. Whoever uses the rows keeps nothing of them before the last section has been read: until
 * then the file may turn out to be damaged.
 * @param bytes the uncompressed file
 * @returns its head, and its sections
 * @throws AppError backup_unknown, backup_newer or, also while sections are read, backup_damaged
 */
export async function readBackupFile(bytes: AsyncIterable<Buffer>): Promise<BackupFile> {
  const iterator = bytes[Symbol.asyncIterator]();
  const input: Input = { next: () => iterator.next(), whole: createHash('sha256'), waiting: Buffer.alloc(0) };
  const title = await readLine(input, 'start');
  const format = new RegExp(`^${backupTitle} (\\d+)\n$`).exec(title.toString())?.[1];
  if (format === undefined) throw new AppError('backup_unknown');
  if (Number(format) > backupFormat) throw new AppError('backup_newer', { values: { software: '' } });
  const line = await readLine(input, 'start');
  input.whole.update(title).update(line);
  return { head: parseLine(backupHeadSchema, line, 'start'), sections: () => readSections(input) };
}
