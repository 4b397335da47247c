import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts processor time in, whatever its own clock does. */
const ticksPerSecond = 100;
/** Places in /proc/<pid>/stat after the command's name, which may hold spaces. */
const [parentField, userField, systemField, waitedUserField, waitedSystemField] = [1, 11, 12, 13, 14] as const;

function readStat(pid: number): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function sumFields(stat: readonly string[] | null, fields: readonly number[]): number {
  return fields.reduce((sum, field) => sum + Number(stat?.[field] ?? 0), 0) / ticksPerSecond;
}

/**
 * Reads how long a process has had a processor.
 * @param pid process id
 * @returns seconds since it started; 0 when it is gone
 */
export function readProcessorSeconds(pid: number): number {
  return sumFields(readStat(pid), [userField, systemField]);
}

/**
 * Reads how long a process and its children have had a processor, those that have ended included.
 * @param pid process id of the parent, such as Postgres' postmaster
 * @returns seconds
 */
export function readFamilySeconds(pid: number): number {
  const own = sumFields(readStat(pid), [userField, systemField, waitedUserField, waitedSystemField]);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat?.[parentField] === String(pid));
  return children.reduce((sum, stat) => sum + sumFields(stat, [userField, systemField]), own);
}

/**
 * Reads how much memory a process holds.
 * @param pid process id
 * @returns resident set size in MiB
 */
export function readResidentMebibytes(pid: number): number {
  const [, kibibytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
