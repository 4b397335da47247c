import { appendFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Decides about one message: true when it has been dealt with, and goes. */
export type TakeMessage = (bytes: Uint8Array) => Promise<boolean>;

/** Longer than any report; what is longer is left to people. */
const mostBytes = 5 * 1024 * 1024;

function isMissing(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && Reflect.get(fault, 'code') === 'ENOENT';
}

/** Messages that have been dealt with go, since they hold addresses; the others are there for people to read. */
async function readMaildir(folder: string, take: TakeMessage): Promise<void> {
  const arrived = join(folder, 'new');
  await mkdir(join(folder, 'cur'), { recursive: true });
  for (const name of (await readdir(arrived)).sort()) {
    const path = join(arrived, name);
    const isTaken = (await stat(path)).size <= mostBytes && (await take(await readFile(path)));
    if (isTaken) await rm(path);
    else await rename(path, join(folder, 'cur', `${name}:2,`));
  }
}

function splitMbox(bytes: Buffer): readonly Buffer[] {
  const text = bytes.toString('latin1');
  const starts = [...text.matchAll(/(?:^|\n)From [^\n]*\n/g)].map(({ index, 0: line }) => ({
    from: index + (line.startsWith('\n') ? 1 : 0),
    to: index + line.length,
  }));
  return starts.map(({ to }, at) => {
    const end = starts[at + 1]?.from ?? text.length;
    return Buffer.from(text.slice(to, end).replace(/^>(>*From )/gm, '$1'), 'latin1');
  });
}

/**
 * A file that others write to is moved away first and read the next time, so that whoever was writing has ended. What is
 * no report is kept beside it.
 */
async function readMbox(path: string, take: TakeMessage): Promise<void> {
  const aside = `${path}.reading`;
  const bytes = await readFile(aside).catch((fault: unknown) => {
    if (isMissing(fault)) return null;
    throw fault;
  });
  if (bytes !== null) {
    for (const message of splitMbox(bytes)) {
      const isTaken = message.length <= mostBytes && (await take(message));
      if (!isTaken)
        await appendFile(`${path}.other`, Buffer.concat([Buffer.from('From -\n'), message]), { mode: 0o600 });
    }
    await rm(aside);
  }
  await rename(path, aside).catch((fault: unknown) => {
    if (!isMissing(fault)) throw fault;
  });
}

/**
 * Reads the messages that have come to a mailbox on this machine.
 * @param path Maildir folder or mbox file
 * @param take decides about each message
 */
export async function readMailbox(path: string, take: TakeMessage): Promise<void> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (fault: unknown) => {
      if (isMissing(fault)) return false;
      throw fault;
    },
  );
  await (isFolder ? readMaildir(path, take) : readMbox(path, take));
}
