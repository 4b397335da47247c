import { crc32 } from 'node:zlib';

const utf8Name = 0x0800;
const earliestDate = 0x21;
const contentTypes =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
  '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' +
  '</Types>';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeDocument = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/**
 * Writes one sheet of texts as an XLSX file: a ZIP archive without compression (PKWARE, APPNOTE.TXT 4.3) of the parts that a
 * workbook must have (ECMA-376 part 1, 18).
 * @param name name of the sheet, 1 to 31 characters without : \ / ? * [ ]
 * @param rows cells of every row; the first row is the headings
 * @returns content of the file
 */
export function writeWorkbook(name: string, rows: readonly (readonly string[])[]): Buffer {
  const sheet = rows.map((cells, row) => writeRow(cells, row + 1)).join('');
  const relate = (type: string, target: string): string =>
    `<Relationships xmlns="${relationships}"><Relationship Id="rId1" Type="${officeDocument}/${type}" Target="${target}"/></Relationships>`;
  return writeZip([
    ['[Content_Types].xml', contentTypes],
    ['_rels/.rels', relate('officeDocument', 'xl/workbook.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${spreadsheet}" xmlns:r="${officeDocument}"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relate('worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${spreadsheet}"><cols><col min="1" max="${rows[0]?.length ?? 1}" width="24" customWidth="1"/></cols><sheetData>${sheet}</sheetData></worksheet>`,
    ],
  ]);
}

function writeRow(cells: readonly string[], row: number): string {
  const written = cells.map(
    (cell, column) =>
      `<c r="${nameColumn(column)}${row}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`,
  );
  return `<row r="${row}">${written.join('')}</row>`;
}

function nameColumn(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : nameColumn(Math.floor(index / 26) - 1) + letter;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function writeZip(parts: readonly (readonly [string, string])[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, text] of parts) {
    const name = Buffer.from(path);
    const content = Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);
    const facts = describeFile(name, content);
    const local = Buffer.concat([writeNumbers([0x04034b50, 4]), facts, name, content]);
    files.push(local);
    directory.push(
      Buffer.concat([writeNumbers([0x02014b50, 4], [20, 2]), facts, Buffer.alloc(10), writeNumbers([at, 4]), name]),
    );
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const end = writeNumbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [parts.length, 2],
    [parts.length, 2],
    [index.length, 4],
    [at, 4],
    [0, 2],
  );
  return Buffer.concat([...files, index, end]);
}

/** What stands alike before a file and in the directory: version, flags, method, time, date, checksum, lengths. */
function describeFile(name: Buffer, content: Buffer): Buffer {
  return writeNumbers(
    [20, 2],
    [utf8Name, 2],
    [0, 2],
    [0, 2],
    [earliestDate, 2],
    [crc32(content), 4],
    [content.length, 4],
    [content.length, 4],
    [name.length, 2],
    [0, 2],
  );
}

function writeNumbers(...numbers: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    numbers.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
