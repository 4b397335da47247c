import type { Database } from '../db/database';
import { selectOptionalListedUnit, type ListedUnit } from '../db/frame-pages';
import { codesOf } from '../domain/fieldwork/frame-words';
import type { FrameColumn } from '../domain/fieldwork/frame-columns';
import { readFrameRow, type FrameFault, type FrameRules, type ReadRow } from '../domain/fieldwork/read-frame-rows';
import { AppError } from '../errors';
import type { FrameAccess } from './frame-access';

/** Fields of the forms of a unit and of a person, by column; as they were filled in. */
export type UnitFields = Readonly<Partial<Record<FrameColumn, string>>>;

/**
 * Finds a unit in the part of a frame that somebody may maintain.
 * @param db the database or a transaction
 * @param access the frame
 * @param unitId id of the unit, any text
 * @returns the unit with those who are invited
 * @throws AppError unit_unknown
 */
export async function findUnit(db: Database, access: FrameAccess, unitId: string): Promise<ListedUnit> {
  const unit = await selectOptionalListedUnit(db, access.wave.id, unitId);
  const isOwn = access.organisations.some(({ key }) => key === unit?.organisation);
  if (unit === null || !isOwn) throw new AppError('unit_unknown');
  return unit;
}

/**
 * Reads a form by the rules that files are read by, where words are codes.
 * @param fields the form
 * @param access the frame
 * @returns what it says
 * @throws AppError form_faulty
 */
export function readUnitFields(fields: UnitFields, access: FrameAccess): ReadRow {
  const rules: FrameRules = {
    population: access.population,
    readWord: (column, found) => (codesOf[column].includes(found) ? found : null),
    readOrganisation: (found) => access.organisations.find(({ key }) => key === found)?.key ?? null,
  };
  const { read, faults } = readFrameRow({ line: 0, cells: trim(fields) }, rules);
  if (read === null) throw refuseFields(faults);
  return read;
}

/**
 * @param faults what is wrong, by column
 * @returns the error that leads back to the form
 */
export function refuseFields(faults: readonly Pick<FrameFault, 'column' | 'code' | 'values' | 'found'>[]): AppError {
  return new AppError('form_faulty', {
    fields: faults.map(({ column, code, found, values }) => ({
      field: column,
      key: `frame.fault.${code}`,
      values: { found, line: 0, listed: 0, minimum: 0, maximum: 0, ...values },
    })),
  });
}

function trim(fields: UnitFields): UnitFields {
  return Object.fromEntries(Object.entries(fields).map(([column, text]) => [column, text.trim()]));
}
