import { chmodSync, chownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The account a database process runs as; undefined means the account of this process. */
export type ProcessAccount = { readonly uid: number; readonly gid: number } | undefined;

const nobody = 65534;

/**
 * Chooses the account for database processes: Postgres refuses to run as root, so that root hands over to `nobody`.
 * @returns the account to run as, undefined for an ordinary account
 */
export function chooseProcessAccount(): ProcessAccount {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;
}

/**
 * Gives a file or folder to the account that the database runs as.
 * @param path absolute path
 * @param account the account; nothing happens when it is this process' own
 */
export function handOver(path: string, account: ProcessAccount): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/**
 * Lets every account read a folder of programs and run what its owner may run.
 * @param path absolute path of a file or folder; symbolic links are left alone
 */
export function openToAll(path: string): void {
  const status = statSync(path);
  if (!status.isDirectory()) {
    chmodSync(path, (status.mode & 0o100) === 0 ? 0o644 : 0o755);
    return;
  }
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.isSymbolicLink()) openToAll(join(path, entry.name));
  }
}
