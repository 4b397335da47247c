import readSheets from 'read-excel-file/universal';
import { unfoldZip } from './unfold-zip';
import { toTable, type Table, type TableFault } from './read-table';

/** A workbook is small: this is more than 20,000 rows need. */
const limits = { entries: 500, bytes: 32 * 1024 * 1024 } as const;
/** One cell far out makes the reader set aside room for all cells before it. */
const lastRow = 25_000;
const address = /(?<=\s)r\s*=\s*(["'])(.*?)\1/g;
const nearAddress = /^(?:[A-Z]|[A-C][A-Z])?(\d{1,5})$/;

/** One sheet of a workbook. */
export interface WorkbookSheet {
  readonly name: string;
  readonly table: Table | TableFault;
}

export type WorkbookFault = { readonly code: 'workbook_too_large' } | { readonly code: 'workbook_broken' };

/**
 * Tells whether a file is an archive, as XLSX files are.
 * @param bytes content of the file
 */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Reads the sheets of an XLSX file as texts.
 * @param bytes content of the file
 * @returns sheets in order, or why the file cannot be read
 */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly WorkbookSheet[] | WorkbookFault> {
  const parts = unfoldZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits);
  if (parts === 'broken') return { code: 'workbook_broken' };
  if (parts === 'too_large' || parts.some(hasFarCell)) return { code: 'workbook_too_large' };
  try {
    const sheets = await readSheets(new Blob([Uint8Array.from(bytes)]), { trim: false });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      table: toTable(data.map((cells, index) => ({ line: index + 1, cells: cells.map(writeCell) }))),
    }));
  } catch {
    // Whatever a damaged workbook makes the reader stumble over, it is the file that is wrong.
    return { code: 'workbook_broken' };
  }
}

function hasFarCell(part: Buffer): boolean {
  if (!part.includes('sheetData')) return false;
  for (const [, , found = ''] of part.toString('latin1').matchAll(address)) {
    const row = nearAddress.exec(found)?.[1];
    if (row === undefined || Number(row) > lastRow) return true;
  }
  return false;
}

function writeCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
