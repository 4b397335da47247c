import type { TextEncoding } from './decode-text';
import { readTable, type CsvTable, type Table, type TableFault } from './read-table';
import { isZip, readWorkbook, type WorkbookFault, type WorkbookSheet } from './read-workbook';

/** Why nothing can be read of a file, or of one of its sheets. */
export type SpreadsheetFault = TableFault | WorkbookFault | { readonly code: 'old_excel' };

/** A file of tables, as people send them. */
export type Spreadsheet =
  | {
      readonly kind: 'csv';
      readonly encoding: TextEncoding;
      readonly separator: CsvTable['separator'];
      readonly table: Table;
    }
  | { readonly kind: 'xlsx'; readonly sheets: readonly WorkbookSheet[] };

/** How files of Excel 97–2003 begin (Microsoft, MS-CFB 2.2). */
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads a CSV or an XLSX file; which of the two it is, its content tells.
 * @param bytes content of the file
 * @returns its tables, or why it cannot be read
 */
export async function readSpreadsheet(bytes: Uint8Array): Promise<Spreadsheet | SpreadsheetFault> {
  if (compoundFile.every((byte, index) => bytes[index] === byte)) return { code: 'old_excel' };
  if (isZip(bytes)) {
    const sheets = await readWorkbook(bytes);
    return 'code' in sheets ? sheets : { kind: 'xlsx', sheets };
  }
  const read = readTable(bytes);
  return 'code' in read ? read : { kind: 'csv', ...read };
}

/**
 * Takes one table out of a file.
 * @param spreadsheet the file
 * @param sheet position of the sheet in a workbook, from 0
 * @returns the table, or why it cannot be read
 */
export function pickTable(spreadsheet: Spreadsheet, sheet: number): Table | TableFault {
  if (spreadsheet.kind === 'csv') return spreadsheet.table;
  return spreadsheet.sheets[sheet]?.table ?? { code: 'empty' };
}
