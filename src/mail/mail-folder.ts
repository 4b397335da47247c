import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = /^([a-zA-Z0-9-]+@[a-zA-Z0-9.-]+)\.eml$/;

/** A mail that landed in the folder. */
export interface FolderMail {
  /** Its message id, without angle brackets. */
  readonly messageId: string;
  readonly bytes: Uint8Array;
}

function isMissing(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && Reflect.get(fault, 'code') === 'ENOENT';
}

/** A file that is deleted meanwhile comes last. */
function readTime(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/**
 * Lists the mails of a folder.
 * @param folder where the mailer puts them
 * @returns message ids, newest first
 */
export async function listFolderMails(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((fault: unknown): string[] => {
    if (isMissing(fault)) return [];
    throw fault;
  });
  const found = names.flatMap((name) => fileName.exec(name)?.[1] ?? []);
  const times = await Promise.all(found.map((messageId) => readTime(join(folder, `${messageId}.eml`))));
  return found
    .map((messageId, index) => ({ messageId, time: times[index] ?? 0 }))
    .sort((left, right) => right.time - left.time)
    .map(({ messageId }) => messageId);
}

/**
 * Reads one mail of a folder.
 * @param folder where the mailer puts them
 * @param messageId message id of the mail
 * @returns the mail, or null when there is none
 */
export async function readFolderMail(folder: string, messageId: string): Promise<FolderMail | null> {
  if (!fileName.test(`${messageId}.eml`)) return null;
  try {
    return { messageId, bytes: await readFile(join(folder, `${messageId}.eml`)) };
  } catch (fault) {
    if (isMissing(fault)) return null;
    throw fault;
  }
}
