import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The first line of every backup, whatever the format of the rest. */
export const backupTitle = 'innovasjonsbarometer backup';
/** Counts changes of the format; a program reads its own and earlier ones. */
export const backupFormat = 1;
/** The line after the last row of a section; in rows of COPY a backslash is never alone. */
export const rowsEnd = '\\.';

/** What a backup says of itself before any row. */
export const backupHeadSchema = z.object({
  format: z.int().positive(),
  madeAt: z.iso.datetime(),
  /** Versions of the program and of Postgres that made it; for people. */
  software: z.string(),
  postgres: z.string(),
  /** Names of the migrations that had been run, in their order. */
  migrations: z.array(z.string()),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
});
export type BackupHead = z.infer<typeof backupHeadSchema>;

/** Where the rows of a section come from: a table, or what responses of one wave lie in. */
export const backupSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('table'), table: z.string(), columns: z.array(z.string()) }),
  z.object({
    kind: z.literal('responses'),
    waveId: z.uuid(),
    box: z.enum(['ballot', 'sealed']),
    columns: z.array(z.string()),
  }),
]);
export type BackupSource = z.infer<typeof backupSourceSchema>;

/** Follows the rows of a section. */
export const backupCheckSchema = z.object({ rows: z.int().nonnegative(), sha256: z.string() });

/** The last line: that the file is whole, and the hash of everything before it. */
export const backupTailSchema = z.object({ sections: z.int().nonnegative(), sha256: z.string() });

/** Rows of one source as COPY writes them in its text format, one a line. */
export interface BackupSection {
  readonly source: BackupSource;
  readonly rows: AsyncIterable<Buffer>;
}

const lineFeed = 0x0a;

/**
 * Counts the lines of a piece of text.
 * @param bytes UTF-8
 * @returns number of line feeds
 */
export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

/**
 * Writes a backup, piece by piece; nothing is held longer than it takes to hand it on.
 * @param head what it says of itself
 * @param sections its content
 * @param onSection called with the number of rows after each section
 * @returns the uncompressed file
 */
export async function* writeBackupFile(
  head: BackupHead,
  sections: AsyncIterable<BackupSection>,
  onSection: (rows: number) => void,
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const keep = (bytes: Buffer): Buffer => {
    whole.update(bytes);
    return bytes;
  };
  yield keep(Buffer.from(`${backupTitle} ${head.format}\n${JSON.stringify(head)}\n`));
  let count = 0;
  for await (const { source, rows } of sections) {
    yield keep(Buffer.from(`${JSON.stringify(source)}\n`));
    const part = createHash('sha256');
    let lines = 0;
    for await (const bytes of rows) {
      part.update(bytes);
      lines += countLines(bytes);
      yield keep(bytes);
    }
    const check = { rows: lines, sha256: part.digest('hex') };
    yield keep(Buffer.from(`${rowsEnd}\n${JSON.stringify(check)}\n`));
    onSection(lines);
    count += 1;
  }
  yield Buffer.from(`${JSON.stringify({ sections: count, sha256: whole.digest('hex') })}\n`);
}
