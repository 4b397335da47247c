import type { Database } from '../db/database';
import { selectFrameEntries } from '../db/frame-entries';
import type { FrameImport, FrameMapping } from '../db/frame-imports';
import { selectMembers } from '../db/organisations';
import { compareFrames, type FrameDifference } from '../domain/fieldwork/compare-frames';
import { fingerprintFrames, type FrameEntry } from '../domain/fieldwork/frame-entry';
import { readWord } from '../domain/fieldwork/frame-words';
import { readFrame, type ReadEntry } from '../domain/fieldwork/read-frame';
import type { FrameFault } from '../domain/fieldwork/read-frame-rows';
import { pickTable, readSpreadsheet } from '../formats/read-spreadsheet';
import { AppError } from '../errors';
import type { FrameAccess } from './frame-access';
import { createOrganisationReader, listUnknownWords, toFrameRows, type UnknownWord } from './frame-file';

/** What a file would do to a frame. */
export interface FrameImportPlan {
  /** Rows of the file below the headings. */
  readonly rows: number;
  readonly faults: readonly FrameFault[];
  /** Rows that have a fault, and would be left out. */
  readonly faultyRows: number;
  readonly unknownWords: readonly UnknownWord[];
  readonly difference: FrameDifference;
  /** Keys of the organisations that the file is about. */
  readonly organisations: readonly string[];
  /** Rows that name somebody who is not invited, and is not kept therefore. */
  readonly contactsLeftOut: number;
  /** Changes when the file, its meaning or the stored frame does. */
  readonly fingerprint: string;
}

/**
 * Works out what a file would do to the frame. Organisations that the file says nothing about stay as they are, and so do
 * units that only stand in rows with a fault.
 * @param db the database or a transaction
 * @param access the frame and who may maintain which part
 * @param upload the file with its mapping
 * @returns faults and differences
 * @throws AppError import_missing when columns are not chosen or the file has become unreadable
 */
export async function planFrameImport(
  db: Database,
  access: FrameAccess,
  upload: FrameImport & { readonly mapping: FrameMapping },
): Promise<FrameImportPlan> {
  const { wave, population, sample } = access;
  const { mapping } = upload;
  const spreadsheet = await readSpreadsheet(upload.content);
  const table = 'code' in spreadsheet ? spreadsheet : pickTable(spreadsheet, mapping.sheet);
  if ('code' in table) throw new AppError('import_missing');
  const maintained = new Set(access.organisations.map(({ key }) => key));
  const members = await selectMembers(db, wave.networkId);
  const everything = await selectFrameEntries(
    db,
    wave.id,
    members.map(({ key }) => key),
  );
  const stored = everything.filter(({ organisation }) => maintained.has(organisation));
  const foreign = new Set(
    everything.filter(({ organisation }) => !maintained.has(organisation)).map(({ unit }) => unit),
  );
  const readOrganisation = createOrganisationReader(access.organisations);
  const rows = toFrameRows(table, mapping, readOrganisation);
  const read = readFrame(rows, {
    population,
    readWord: (column, found) => readWord(column, found, mapping.words),
    readOrganisation,
    isTaken: (unit) => foreign.has(unit),
  });
  const known = new Map(stored.map((entry) => [entry.unit, entry]));
  const target = read.entries.map((entry) =>
    complete(entry, known.get(entry.unit), { mapping, keepsUninvited: sample !== null }),
  );
  const organisations = [...new Set(target.map(({ organisation }) => organisation))].sort();
  const inFile = new Set(target.map(({ unit }) => unit));
  const concerned = stored.filter(
    ({ unit, organisation }) =>
      inFile.has(unit) || (organisations.includes(organisation) && !read.faultyUnits.has(unit)),
  );
  return {
    rows: rows.length,
    faults: read.faults,
    faultyRows: read.faultyLines.size,
    unknownWords: listUnknownWords(rows, mapping),
    difference: compareFrames(concerned, target),
    organisations,
    contactsLeftOut: read.contactsLeftOut,
    fingerprint: fingerprintFrames(concerned, target, read.faultyLines.size),
  };
}

interface Completion {
  readonly mapping: FrameMapping;
  /** Set while a sample may be drawn anew: those who are not in it are kept until the wave opens. */
  readonly keepsUninvited: boolean;
}

/** What the file has no column for stays as it is. */
function complete(
  entry: ReadEntry,
  stored: FrameEntry | undefined,
  { mapping: { columns }, keepsUninvited }: Completion,
): FrameEntry {
  const isInvited = entry.isInvited ?? stored?.isInvited ?? true;
  const { unit, organisation, sector, size } = entry;
  const facts = { unit, organisation, sector, size, isInvited };
  if (stored === undefined) {
    const { name, type, employeeCount, persons } = entry;
    return { ...facts, name, type, employeeCount, persons: isInvited || keepsUninvited ? persons : [] };
  }
  const tellsPersons = columns.name !== undefined || columns.email !== undefined;
  const persons = tellsPersons ? entry.persons : stored.persons;
  return {
    ...facts,
    name: columns.unit_name === undefined ? stored.name : entry.name,
    type: columns.type === undefined ? stored.type : entry.type,
    employeeCount: columns.employees === undefined ? stored.employeeCount : entry.employeeCount,
    persons: isInvited || keepsUninvited ? persons : [],
  };
}
