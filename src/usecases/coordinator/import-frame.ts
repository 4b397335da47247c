import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteUnits, insertUnits, selectUnits } from '../../db/frames';
import { insertInvitations, type NewInvitation } from '../../db/invitations';
import { selectMembers } from '../../db/organisations';
import { isEmail } from '../../domain/fieldwork/contact';
import { sectors, sizes, type FrameUnit } from '../../domain/fieldwork/types';
import { unitTypes } from '../../domain/fieldwork/unit-types';
import { defaultLanguage, languages } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import type { CsvRow } from '../../formats/read-csv';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import {
  checkLength,
  createFaultList,
  readChoice,
  readImport,
  reportRepeated,
  type FaultList,
  type ImportFile,
} from '../import-faults';

const columns = {
  required: ['unit', 'organisation', 'sector', 'type', 'size', 'invited'],
  optional: ['name', 'email', 'language'],
};
const longestKey = 100;
const longestName = 200;

interface FrameRow {
  readonly unit: FrameUnit;
  readonly invitation: NewInvitation;
}

/** What came of an import of a frame. */
export interface ImportedFrame {
  readonly units: number;
  readonly invited: number;
  /** Units that are not invited but came with a name or an address, which was not kept. */
  readonly contactsLeftOut: number;
}

/**
 * Imports the frame of a draft wave: every unit that could be asked, and who is invited to answer for it. All or nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, the file, and whether a frame that is there already may be replaced
 * @returns what was read
 * @throws AppError wave_unknown, wave_state, frame_exists, import_faulty
 */
export async function importFrame(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly file: ImportFile; readonly replace?: boolean },
): Promise<ImportedFrame> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'draft');
    const existing = await selectUnits(transaction, wave.id);
    if (existing.length > 0 && input.replace !== true) {
      throw new AppError('frame_exists', { values: { count: existing.length } });
    }
    const members = await selectMembers(transaction, wave.networkId);
    const { rows, contactsLeftOut } = readFrame(
      input.file,
      members.map(({ key }) => key),
    );
    await deleteUnits(transaction, wave.id);
    await insertUnits(
      transaction,
      wave.id,
      rows.map(({ unit }) => unit),
    );
    const invited = rows.filter(({ unit }) => unit.isInvited).map(({ invitation }) => invitation);
    await insertInvitations(transaction, wave.id, invited);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'imported frame',
      subject: wave.key,
      detail: { units: rows.length, invited: invited.length, replaced: existing.length },
    });
    return { units: rows.length, invited: invited.length, contactsLeftOut };
  });
}

function readFrame(
  file: ImportFile,
  members: readonly string[],
): { readonly rows: readonly FrameRow[]; readonly contactsLeftOut: number } {
  const { rows } = readImport(file, columns);
  const faults = createFaultList(file);
  const read = rows.map((row) => readFrameRow(faults, row, members));
  reportRepeated(faults, rows, 'unit');
  faults.throwIfAny();
  const left = rows.filter(({ cells }) => cells['invited'] === '0' && `${cells['name'] ?? ''}${cells['email'] ?? ''}`);
  return { rows: read.filter((row) => row !== null), contactsLeftOut: left.length };
}

function readFrameRow(faults: FaultList, row: CsvRow, members: readonly string[]): FrameRow | null {
  const { unit = '', organisation = '' } = row.cells;
  checkLength(faults, row, { column: 'unit', minimum: 1, maximum: longestKey });
  if (!members.includes(organisation)) {
    const values = { found: organisation, allowed: members.join(', ') };
    faults.add({ line: row.line, column: 'organisation' }, 'import.one_of', values);
  }
  const sector = readChoice(faults, row, { column: 'sector', allowed: sectors });
  const type = readChoice(faults, row, { column: 'type', allowed: unitTypes });
  const size = readChoice(faults, row, { column: 'size', allowed: sizes });
  const invited = readChoice(faults, row, { column: 'invited', allowed: ['0', '1'] });
  const contact = readContact(faults, row);
  if (!sector || !type || !size || !invited || !contact) return null;
  return {
    unit: { unit, organisation, sector, type, size, isInvited: invited === '1' },
    invitation: { unit, ...contact },
  };
}

function readContact(faults: FaultList, row: CsvRow): Omit<NewInvitation, 'unit'> | null {
  const { name = '', email = '', language = '' } = row.cells;
  checkLength(faults, row, { column: 'name', minimum: 0, maximum: longestName });
  if (email !== '' && !isEmail(email)) {
    faults.add({ line: row.line, column: 'email' }, 'import.email', { found: email });
  }
  const contact = { name: name === '' ? null : name, email: email === '' ? null : email };
  if (language === '') return { ...contact, language: defaultLanguage };
  const chosen = readChoice(faults, row, { column: 'language', allowed: languages });
  return chosen === undefined ? null : { ...contact, language: chosen };
}
