import type { Context } from '../../context';
import { updateFrameMapping, type FrameMapping } from '../../db/frame-imports';
import { frameColumns, type ColumnChoice } from '../../domain/fieldwork/frame-columns';
import type { Actor } from '../../domain/permissions';
import { AppError, type FieldFault } from '../../errors';
import { pickTable, readSpreadsheet } from '../../formats/read-spreadsheet';
import { findFrameImport } from '../find-frame-import';
import { findFrame, type FrameAccess } from '../frame-access';

/** What was chosen on the page: position of a column, or null for none. */
export interface ColumnForm {
  readonly sheet: number;
  readonly columns: ColumnChoice;
  readonly organisation: string | null;
}

/**
 * Keeps what the columns of an uploaded file tell.
 * @param context the process' context
 * @param actor who chooses
 * @param input key of the wave, id of the import, and the choice
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing, form_faulty
 */
export async function chooseFrameColumns(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly importId: string; readonly form: ColumnForm },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const { importId, form } = input;
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    const upload = await findFrameImport(transaction, access, { actor, importId, now: context.now() });
    const spreadsheet = await readSpreadsheet(upload.content);
    const table = 'code' in spreadsheet ? spreadsheet : pickTable(spreadsheet, form.sheet);
    if ('code' in table) {
      throw new AppError('form_faulty', { fields: [{ field: 'sheet', key: 'frame.columns.sheet_empty' }] });
    }
    const columns = frameColumns.flatMap((column) => {
      const position = form.columns[column];
      return position !== undefined && position < table.headings.length ? [[column, position] as const] : [];
    });
    const mapping: FrameMapping = {
      sheet: form.sheet,
      columns: Object.fromEntries(columns),
      organisation: form.columns.organisation === undefined ? form.organisation : null,
      words: upload.mapping?.words ?? {},
    };
    requireComplete(mapping, access);
    await updateFrameMapping(transaction, importId, mapping);
  });
}

function requireComplete({ columns, organisation }: FrameMapping, access: FrameAccess): void {
  const isKnown = access.organisations.some(({ key }) => key === organisation);
  const missing: readonly FieldFault[] = [
    ...(columns.unit === undefined && columns.unit_name === undefined ? [fault('unit', 'frame.columns.no_unit')] : []),
    ...(columns.organisation === undefined && !isKnown ? [fault('organisation', 'frame.columns.no_organisation')] : []),
    ...(columns.sector === undefined ? [fault('sector', 'frame.columns.no_sector')] : []),
    ...(columns.size === undefined && columns.employees === undefined ? [fault('size', 'frame.columns.no_size')] : []),
  ];
  if (missing.length > 0) throw new AppError('form_faulty', { fields: missing });
}

function fault(column: string, key: string): FieldFault {
  return { field: `column_${column}`, key };
}
