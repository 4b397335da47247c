import type { FrameEntry } from './frame-entry';
import { readFrameRow, type FrameFault, type FrameRow, type FrameRules, type ReadRow } from './read-frame-rows';

/** A unit of a file. */
export interface ReadEntry extends Omit<FrameEntry, 'isInvited'> {
  /** Null: the file does not say. */
  readonly isInvited: boolean | null;
}

/** What a frame file says. */
export interface ReadFrame {
  /** Units of the rows without a fault, in the order of the file. */
  readonly entries: readonly ReadEntry[];
  /** Every fault by line. */
  readonly faults: readonly FrameFault[];
  /** Rows that have a fault. */
  readonly faultyLines: ReadonlySet<number>;
  /** Keys of units that stand in rows with a fault. */
  readonly faultyUnits: ReadonlySet<string>;
  /** Rows that name somebody who is not invited, and is not kept therefore. */
  readonly contactsLeftOut: number;
}

/** Facts that rows of the same unit must agree on, with the column that holds each. */
const sharedFacts = [
  ['organisation', 'organisation'],
  ['name', 'unit_name'],
  ['sector', 'sector'],
  ['type', 'type'],
  ['size', 'size'],
  ['isInvited', 'invited'],
  ['employeeCount', 'employees'],
] as const;

/**
 * Reads a frame: one row a unit where managers are asked, one row a person where employees are.
 * @param rows the rows
 * @param rules how cells are understood
 * @returns units and every fault
 */
export function readFrame(rows: readonly FrameRow[], rules: FrameRules): ReadFrame {
  const single = rows.map((row) => ({ row, ...readFrameRow(row, rules) }));
  const cellFaults = single.flatMap(({ faults }) => faults);
  const sound = single.flatMap(({ read }) => (read === null ? [] : [read]));
  const betweenRows = rules.population === 'managers' ? findRepeatedUnits(rows) : findContradictions(sound, rows);
  const faulty = new Set([...cellFaults, ...betweenRows].map(({ line }) => line));
  const kept = groupByUnit(sound.filter(({ line }) => !faulty.has(line)));
  const groupFaults = rules.population === 'managers' ? [] : kept.flatMap((group) => checkPeople(group));
  for (const { line } of groupFaults) faulty.add(line);
  const faults = [...cellFaults, ...betweenRows, ...groupFaults];
  return {
    entries: kept.filter((group) => group.every(({ line }) => !faulty.has(line))).map(joinRows),
    // Sorting is stable: faults of a line stay in the order of its columns.
    faults: faults.sort((first, second) => first.line - second.line),
    faultyLines: faulty,
    faultyUnits: new Set(rows.filter(({ line }) => faulty.has(line)).map(({ cells }) => cells.unit ?? '')),
    contactsLeftOut: single.filter(
      ({ read, row: { cells } }) => read?.isInvited === false && `${cells.name ?? ''}${cells.email ?? ''}` !== '',
    ).length,
  };
}

function findRepeatedUnits(rows: readonly FrameRow[]): readonly FrameFault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, cells }): readonly FrameFault[] => {
    const found = cells.unit ?? '';
    const earlier = first.get(found);
    if (earlier === undefined) first.set(found, line);
    if (earlier === undefined || found === '') return [];
    return [{ line, column: 'unit', code: 'unit_repeated', found, values: { line: earlier } }];
  });
}

function findContradictions(sound: readonly ReadRow[], rows: readonly FrameRow[]): readonly FrameFault[] {
  const cellsAt = new Map(rows.map(({ line, cells }) => [line, cells]));
  return groupByUnit(sound).flatMap((group) => {
    const [head, ...others] = group;
    const people = new Map<string, number>();
    const differing = others.flatMap((row) =>
      sharedFacts
        .filter(([fact]) => head !== undefined && row[fact] !== head[fact])
        .map(([, column]): FrameFault => {
          const found = cellsAt.get(row.line)?.[column] ?? '';
          return { line: row.line, column, code: 'unit_differs', found, values: { line: head?.line ?? 0 } };
        }),
    );
    const repeated = group.flatMap(({ line, person }): readonly FrameFault[] => {
      const found = person?.email ?? person?.name ?? '';
      const earlier = people.get(found.toLowerCase());
      if (earlier === undefined) people.set(found.toLowerCase(), line);
      if (earlier === undefined || found === '') return [];
      const column = (person?.email ?? null) === null ? 'name' : 'email';
      return [{ line, column, code: 'person_repeated', found, values: { line: earlier } }];
    });
    return [...differing, ...repeated];
  });
}

function checkPeople(group: readonly ReadRow[]): readonly FrameFault[] {
  const [head] = group;
  if (head === undefined) return [];
  const listed = group.filter(({ person }) => person !== null).length;
  const { line, employeeCount } = head;
  if (employeeCount !== null && employeeCount < listed) {
    return [{ line, column: 'employees', code: 'employees_too_few', found: String(employeeCount), values: { listed } }];
  }
  const isEmpty = listed === 0 && (employeeCount === null || head.isInvited === true);
  return isEmpty ? [{ line, column: 'email', code: 'nobody_listed', found: '', values: {} }] : [];
}

function groupByUnit(rows: readonly ReadRow[]): readonly (readonly ReadRow[])[] {
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) groups.set(row.unit, [...(groups.get(row.unit) ?? []), row]);
  return [...groups.values()];
}

function joinRows(group: readonly ReadRow[]): ReadEntry {
  const [head] = group;
  if (head === undefined) throw new RangeError('a unit has at least one row');
  const { unit, name, organisation, sector, type, size, isInvited, employeeCount } = head;
  const facts = { unit, name, organisation, sector, type, size, isInvited, employeeCount };
  return { ...facts, persons: group.flatMap(({ person }) => (person === null ? [] : [person])) };
}
