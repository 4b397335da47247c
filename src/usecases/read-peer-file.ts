import { createFaultList, readImport, type ImportFile } from './import-faults';

const columns = { required: ['group', 'organisation'], optional: [] };

/**
 * Reads a file of groups chosen by hand: one row for every member of a group.
 * @param file CSV with the columns group (a name) and organisation (a key)
 * @returns groups in the order in which they first occur
 * @throws AppError import_faulty when the form of the file is wrong, or a group has no name
 */
export function readPeerFile(
  file: ImportFile,
): readonly { readonly name: string; readonly members: readonly string[] }[] {
  const { rows } = readImport(file, columns);
  const faults = createFaultList(file);
  const groups = new Map<string, string[]>();
  for (const { line, cells } of rows) {
    const { group = '', organisation = '' } = cells;
    for (const column of columns.required) {
      if (cells[column] === '') faults.add({ line, column }, 'import.length', { found: 0, minimum: 1, maximum: 60 });
    }
    groups.set(group, [...(groups.get(group) ?? []), organisation]);
  }
  faults.throwIfAny();
  return [...groups].map(([name, members]) => ({ name, members }));
}
