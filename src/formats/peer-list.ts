import type { JudgedPeerGroup } from '../domain/disclosure/judge-peers';
import { writeCsv } from './write-csv';

/**
 * Writes the groups that could be formed as CSV.
 * @param judged groups, and what becomes of each
 * @returns the file's text; members are keys of organisations
 */
export function writePeerList(judged: readonly JudgedPeerGroup[]): string {
  return writeCsv<JudgedPeerGroup>(
    [
      { name: 'code', cell: ({ group }) => group.code },
      { name: 'basis', cell: ({ group }) => group.basis },
      { name: 'value', cell: ({ group }) => group.value },
      { name: 'year', cell: ({ group }) => group.year },
      { name: 'members', cell: ({ group }) => group.members.join(';') },
      { name: 'verdict', cell: ({ verdict }) => verdict },
    ],
    judged,
  );
}
