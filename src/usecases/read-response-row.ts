import type { UnitInvitation } from '../db/invitations';
import type { NewResponse } from '../db/responses';
import { carriesAnswers, readDisposition } from '../domain/fieldwork/dispositions';
import { dispositions, type Disposition } from '../domain/fieldwork/types';
import { columnsOf, parseResponseRow } from '../domain/instrument/response-columns';
import type { Answers, CompiledInstrument } from '../domain/instrument/types';
import type { CsvRow } from '../formats/read-csv';
import type { FaultList } from './import-faults';

/** What a row may refer to. */
export interface FieldworkUnit {
  readonly stratum: string | null;
  /** Null: the unit is not invited. */
  readonly invitation: UnitInvitation | null;
}

/** One row of a file of responses. */
export interface ResponseRow {
  readonly invitationId: string;
  readonly disposition: Disposition;
  /** Null for an outcome without answers. */
  readonly response: NewResponse | null;
}

/** What rows are checked against. */
interface Fieldwork {
  readonly instrument: CompiledInstrument;
  readonly known: ReadonlyMap<string, FieldworkUnit>;
}

/**
 * Reads one row of a file of responses.
 * @param faults list that faults are added to
 * @param row the row
 * @param fieldwork the instrument and the units of the wave
 * @returns the row, or null after a fault
 */
export function readResponseRow(faults: FaultList, row: CsvRow, fieldwork: Fieldwork): ResponseRow | null {
  const place = readPlace(faults, row, fieldwork.known);
  const disposition = readDisposition(row.cells['disposition'] ?? '');
  if (disposition === null) {
    const values = { found: row.cells['disposition'] ?? '', allowed: dispositions.join(', ') };
    faults.add({ line: row.line, column: 'disposition' }, 'import.one_of', values);
    return null;
  }
  if (!carriesAnswers(disposition)) {
    reportAnswers(faults, row, { instrument: fieldwork.instrument, disposition });
    return place === null ? null : { invitationId: place.invitationId, disposition, response: null };
  }
  const answers = readAnswers(faults, row, { instrument: fieldwork.instrument, disposition });
  if (place === null || answers === null) return null;
  return { invitationId: place.invitationId, disposition, response: { stratum: place.stratum, answers } };
}

function readPlace(
  faults: FaultList,
  { line, cells }: CsvRow,
  known: ReadonlyMap<string, FieldworkUnit>,
): { readonly invitationId: string; readonly stratum: string } | null {
  const found = cells['unit'] ?? '';
  const unit = known.get(found);
  const place = { line, column: 'unit' };
  if (unit?.invitation && unit.stratum !== null && !unit.invitation.hasOutcome) {
    return { invitationId: unit.invitation.id, stratum: unit.stratum };
  }
  if (unit === undefined) faults.add(place, 'import.unit_unknown', { found });
  else if (unit.invitation === null) faults.add(place, 'import.unit_not_invited', { found });
  else faults.add(place, 'import.unit_has_outcome', { found });
  return null;
}

interface RowContext {
  readonly instrument: CompiledInstrument;
  readonly disposition: Disposition;
}

function reportAnswers(faults: FaultList, { line, cells }: CsvRow, { instrument, disposition }: RowContext): void {
  for (const { column } of columnsOf(instrument.codebook)) {
    if (cells[column]) faults.add({ line, column }, 'import.answers_unexpected', { disposition });
  }
}

function readAnswers(faults: FaultList, row: CsvRow, { instrument, disposition }: RowContext): Answers | null {
  const { line, cells } = row;
  const parsed = parseResponseRow(instrument.codebook, cells);
  for (const { column, expected } of parsed.faults) {
    faults.add({ line, column }, 'import.cell', { found: cells[column] ?? '', expected });
  }
  if (parsed.faults.length > 0) return null;
  const { raw } = parsed;
  // A partial response may lack answers that the pages would demand.
  const checked = instrument.checkResponse(raw, { required: disposition === 'I' });
  for (const { question, code, limit } of checked.faults) {
    faults.add({ line, column: question }, `import.answer.${code}`, limit === undefined ? {} : { limit });
  }
  const faulty = new Set(checked.faults.map(({ question }) => question));
  const hidden = Object.keys(raw).filter((name) => !Object.hasOwn(checked.answers, name) && !faulty.has(name));
  for (const column of hidden) faults.add({ line, column }, 'import.outside_route');
  if (faulty.size > 0 || hidden.length > 0) return null;
  if (Object.keys(checked.answers).length > 0) return checked.answers;
  faults.add({ line, column: 'disposition' }, 'import.answers_missing', { disposition });
  return null;
}
