import { frameColumns, type FrameColumn } from '../../../domain/fieldwork/frame-columns';
import { sizeLimits } from '../../../domain/fieldwork/size-classes';
import type { FrameColumns } from '../../../usecases/coordinator/read-frame-columns';
import type { Words } from '../results/words';
import type { Choice } from './frame-words';

const needed: readonly FrameColumn[] = ['unit_name', 'organisation', 'sector', 'size'];

interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
}

export interface ColumnsView {
  readonly framePath: string;
  readonly path: string;
  readonly lead: string;
  readonly isConverted: boolean;
  readonly sheets: readonly Choice[];
  readonly sheet: string;
  readonly sheetFault: boolean;
  readonly needed: readonly FieldView[];
  readonly more: readonly FieldView[];
  /** Columns of the file with a sample. */
  readonly columns: readonly Choice[];
  readonly organisations: readonly Choice[];
  readonly organisation: string;
}

/**
 * Turns the columns of a file into the words of their page.
 * @param file headings, samples and mapping
 * @param importId id of the import
 * @param given words of the reader's language, and what was chosen in the form (null: nothing yet)
 */
export function createColumnsView(
  file: FrameColumns,
  importId: string,
  { words, posted }: { readonly words: Words; readonly posted: Readonly<Record<string, string>> | null },
): ColumnsView {
  const { wave, mapping, organisations, population } = file;
  const field = (column: FrameColumn): FieldView => ({
    name: `column_${column}`,
    label: words.t(`frame.column.${column}`),
    hint: words.t(`frame.column.${column}.hint`, { m: sizeLimits.M, l: sizeLimits.L }),
    value: posted?.[`column_${column}`] ?? String(mapping.columns[column] ?? ''),
  });
  const more = frameColumns.filter((column) => !needed.includes(column));
  const framePath = `/runder/${encodeURIComponent(wave.key)}/ramme`;
  return {
    framePath,
    path: `${framePath}/import/${importId}`,
    lead: words.t('frame.columns.lead', { name: file.fileName, rows: file.rows }),
    isConverted: file.isConverted,
    sheets: file.sheets.length < 2 ? [] : file.sheets.map((label, index) => ({ value: String(index), label })),
    sheet: String(mapping.sheet),
    sheetFault: file.sheetFault !== null,
    needed: needed.map(field),
    more: more.map((column) =>
      column === 'employees' && population === 'employees'
        ? { ...field(column), hint: words.t('frame.unit.employees.hint') }
        : field(column),
    ),
    columns: [
      { value: '', label: words.t('frame.columns.no_column') },
      ...file.headings.map((heading, index) => {
        const name = heading === '' ? words.t('frame.columns.unnamed', { number: index + 1 }) : heading;
        const [sample] = file.samples[index] ?? [];
        return { value: String(index), label: sample === undefined ? name : `${name} (${shorten(sample)})` };
      }),
    ],
    organisations: [
      { value: '', label: words.t('frame.preview.words.choose') },
      ...organisations.map(({ key, name }) => ({ value: key, label: name })),
    ],
    organisation: posted?.['organisation'] ?? mapping.organisation ?? '',
  };
}

const longestSample = 30;

function shorten(text: string): string {
  return text.length <= longestSample ? text : `${text.slice(0, longestSample - 1)}…`;
}
