import { neutraliseFormula } from './write-csv';
import { writeWorkbook } from './write-workbook';

/** A template: headings and example rows in the reader's language. */
export interface FrameTemplate {
  readonly sheet: string;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Writes a template as an XLSX file.
 * @param template headings and rows
 */
export function writeTemplateWorkbook({ sheet, rows }: FrameTemplate): Buffer {
  return writeWorkbook(sheet, rows);
}

/**
 * Writes a template as CSV for a Norwegian spreadsheet: semicolons between cells.
 * @param template headings and rows
 * @returns the file's text
 */
export function writeTemplateCsv({ rows }: FrameTemplate): string {
  const write = (cell: string): string => {
    const text = neutraliseFormula(cell);
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((cells) => `${cells.map(write).join(';')}\r\n`).join('');
}
