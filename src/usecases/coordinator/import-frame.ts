import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { storeFrameEntries } from '../../db/frame-entries';
import { deleteUnits, selectUnits } from '../../db/frames';
import { selectMembers } from '../../db/organisations';
import { selectWavePopulation, updateWaveSample } from '../../db/wave-samples';
import { frameColumns } from '../../domain/fieldwork/frame-columns';
import type { FrameEntry } from '../../domain/fieldwork/frame-entry';
import { codesOf } from '../../domain/fieldwork/frame-words';
import { readFrame } from '../../domain/fieldwork/read-frame';
import type { FrameFault, FrameRow } from '../../domain/fieldwork/read-frame-rows';
import type { Population } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import type { CsvRow } from '../../formats/read-csv';
import type { TextValues } from '../../texts/translate';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { createFaultList, readImport, type ImportFile, type ImportKey } from '../import-faults';

const columns = {
  required: ['unit', 'organisation', 'sector', 'type', 'size', 'invited'],
  optional: ['unit_name', 'employees', 'name', 'email', 'language'],
};

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
    const { population } = await selectWavePopulation(transaction, wave.id);
    const { entries, contactsLeftOut } = readFile(input.file, {
      population,
      members: members.map(({ key }) => key),
    });
    await deleteUnits(transaction, wave.id);
    await storeFrameEntries(transaction, wave.id, entries);
    await updateWaveSample(transaction, wave.id, null);
    const invited = entries.filter(({ isInvited }) => isInvited).length;
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'imported frame',
      subject: wave.key,
      detail: { units: entries.length, invited, replaced: existing.length },
    });
    return { units: entries.length, invited, contactsLeftOut };
  });
}

interface Expected {
  readonly population: Population;
  readonly members: readonly string[];
}

function readFile(
  file: ImportFile,
  expected: Expected,
): { readonly entries: readonly FrameEntry[]; readonly contactsLeftOut: number } {
  const { rows } = readImport(file, columns);
  const { entries, faults, contactsLeftOut } = readFrame(rows.map(toFrameRow), {
    population: expected.population,
    readWord: (column, found) => (codesOf[column].includes(found) ? found : null),
    readOrganisation: (found) => (expected.members.includes(found) ? found : null),
  });
  const list = createFaultList(file);
  for (const fault of faults) {
    const { key, values } = describeFault(fault, expected);
    list.add({ line: fault.line, column: fault.column }, key, values);
  }
  list.throwIfAny();
  return { entries: entries.map((entry) => ({ ...entry, isInvited: entry.isInvited ?? true })), contactsLeftOut };
}

function toFrameRow({ line, cells }: CsvRow): FrameRow {
  const known = frameColumns.flatMap((column) =>
    cells[column] === undefined ? [] : [[column, cells[column]] as const],
  );
  return { line, cells: Object.fromEntries(known) };
}

function describeFault(
  { column, code, found, values }: FrameFault,
  { members }: Expected,
): { readonly key: ImportKey; readonly values: TextValues } {
  switch (code) {
    case 'missing':
    case 'unknown_word':
    case 'organisation_unknown': {
      if (column === 'unit') return { key: 'import.length', values };
      const codes = Object.entries(codesOf).find(([name]) => name === column)?.[1] ?? members;
      return { key: 'import.one_of', values: { found, allowed: codes.join(', ') } };
    }
    case 'unit_repeated':
    case 'person_repeated':
      return { key: 'import.repeated', values: { found, ...values } };
    case 'length':
      return { key: 'import.length', values };
    default:
      return { key: `import.${code}`, values: { found, ...values } };
  }
}
