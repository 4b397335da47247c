import type { Context } from '../../context';
import type { FrameMapping } from '../../db/frame-imports';
import type { Organisation } from '../../db/organisations';
import type { Wave } from '../../db/waves';
import type { Population } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { pickTable, readSpreadsheet } from '../../formats/read-spreadsheet';
import { findFrameImport } from '../find-frame-import';
import { findFrame } from '../frame-access';
import { suggestMapping } from '../frame-file';

/** A file whose columns are to be given a meaning. */
export interface FrameColumns {
  readonly wave: Wave;
  readonly population: Population;
  readonly organisations: readonly Organisation[];
  readonly fileName: string;
  /** The letters were not UTF-8 and have been converted. */
  readonly isConverted: boolean;
  /** Names of the sheets of a workbook; empty for other files. */
  readonly sheets: readonly string[];
  readonly headings: readonly string[];
  /** The first cells of every column that are not empty. */
  readonly samples: readonly (readonly string[])[];
  readonly rows: number;
  /** What was chosen, or else a suggestion. */
  readonly mapping: FrameMapping;
  /** Why nothing can be read of the chosen sheet; null: it can. */
  readonly sheetFault: string | null;
}

const samplesPerColumn = 3;

/**
 * Shows the columns of an uploaded file with a suggestion of what they tell.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, id of the import, and the sheet that is looked at (null: the one that was chosen)
 * @returns headings, samples and the mapping
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing
 */
export async function readFrameColumns(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly importId: string; readonly sheet: number | null },
): Promise<FrameColumns> {
  const access = await findFrame(context.db, actor, input);
  const { importId } = input;
  const upload = await findFrameImport(context.db, access, { actor, importId, now: context.now() });
  const spreadsheet = await readSpreadsheet(upload.content);
  if ('code' in spreadsheet) throw new AppError('import_missing');
  const sheet = input.sheet ?? upload.mapping?.sheet ?? 0;
  const table = pickTable(spreadsheet, sheet);
  const { headings, rows } = 'code' in table ? { headings: [], rows: [] } : table;
  const chosen = upload.mapping?.sheet === sheet ? upload.mapping : null;
  return {
    wave: access.wave,
    population: access.population,
    organisations: access.organisations,
    fileName: upload.fileName,
    isConverted: spreadsheet.kind === 'csv' && spreadsheet.encoding !== 'utf-8',
    sheets: spreadsheet.kind === 'xlsx' ? spreadsheet.sheets.map(({ name }) => name) : [],
    headings,
    samples: headings.map((_, column) =>
      rows
        .map(({ cells }) => cells[column] ?? '')
        .filter((cell) => cell !== '')
        .slice(0, samplesPerColumn),
    ),
    rows: rows.length,
    mapping: chosen ?? { ...suggestMapping({ headings, rows }, access.organisations), sheet },
    sheetFault: 'code' in table ? table.code : null,
  };
}
