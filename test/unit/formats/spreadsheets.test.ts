import { deflateRawSync } from 'node:zlib';
import { decodeText } from '../../../src/formats/decode-text';
import { readSpreadsheet } from '../../../src/formats/read-spreadsheet';
import { readTable } from '../../../src/formats/read-table';
import { readWorkbook } from '../../../src/formats/read-workbook';
import { unfoldZip } from '../../../src/formats/unfold-zip';
import { writeWorkbook } from '../../../src/formats/write-workbook';

const names = 'Blåbærøya – «ærlig»';

describe('letters', () => {
  test.each([
    ['UTF-8', Buffer.from(names), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${names}`), 'utf-8'],
    ['Windows-1252', Buffer.from(names.replace('–', '\u0096'), 'latin1'), 'windows-1252'],
    ['UTF-16 as Excel writes it', Buffer.from(`\uFEFF${names}`, 'utf16le'), 'utf-16'],
  ] as const)('%s is read', (_name, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: names, encoding });
  });
});

describe('CSV as people send it', () => {
  test.each([[';'], [','], ['\t']])('cells are separated by %j', (separator) => {
    const text = ['a,b c;d\te'.replaceAll(/[,;\t]/g, separator), ['1', '"x; y, z"', '', '4'].join(separator), ''].join(
      '\r\n',
    );
    expect(readTable(Buffer.from(text))).toMatchObject({
      separator,
      table: { headings: ['a', 'b c', 'd', 'e'], rows: [{ line: 2, cells: ['1', 'x; y, z', '', '4'] }] },
    });
  });

  test('rows keep the number they have in the file, over empty lines and line breaks inside cells', () => {
    const read = readTable(Buffer.from('\n\na;b\n"to\nlinjer";1\n\n ;\nx;2\n'));
    expect(read).toMatchObject({ table: { rows: [{ line: 4 }, { line: 8 }] } });
  });

  test('short rows are filled up, no-break spaces count as spaces, and a guarded formula is itself', () => {
    expect(readTable(Buffer.from("a;b;c\n'=1+1;\u00a0x\u00a0\n"))).toMatchObject({
      table: { rows: [{ cells: ['=1+1', 'x', ''] }] },
    });
  });

  test.each([
    ['nothing', '', { code: 'empty' }],
    ['headings alone', 'a;b\n;;\n', { code: 'empty' }],
    ['an open quotation mark', 'a;b\n"x;1\ny;2', { code: 'quotes' }],
    ['too many rows', `a\n${'x\n'.repeat(20_001)}`, { code: 'too_many_rows', limit: 20_000 }],
    ['bytes of no text', 'a;b\u0000\n1;2', { code: 'not_text' }],
  ])('%s is refused', (_name, text, fault) => {
    expect(readTable(Buffer.from(text))).toMatchObject(fault);
  });
});

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** What the archive says that the part unfolds to. */
  readonly announced?: number;
}

/** A compressed archive, which may lie about its sizes. */
function fold(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, announced = content.length } of parts) {
    const folded = deflateRawSync(content);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(folded.length, 14);
    facts.writeUInt32LE(announced, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), folded]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), facts, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(entries).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...entries, end]);
}

describe('archives', () => {
  const limits = { entries: 3, bytes: 1000 };

  test('are unfolded within limits', () => {
    const parts = [
      { name: 'a', content: Buffer.from('x'.repeat(600)) },
      { name: 'b', content: Buffer.from('y'.repeat(400)) },
    ];
    expect(unfoldZip(fold(parts), limits)).toEqual(parts.map(({ content }) => content));
  });

  test.each([
    ['one that unfolds to more', [{ name: 'a', content: Buffer.alloc(1001) }], 'too_large'],
    [
      'parts that are too much together',
      [
        { name: 'a', content: Buffer.alloc(600) },
        { name: 'b', content: Buffer.alloc(600) },
      ],
      'too_large',
    ],
    [
      'one that says it is smaller than it is',
      [{ name: 'a', content: Buffer.alloc(5_000_000), announced: 10 }],
      'too_large',
    ],
    [
      'one that says it is larger than it is',
      [{ name: 'a', content: Buffer.alloc(10), announced: 4_000_000_000 }],
      'too_large',
    ],
    ['too many parts', Array.from({ length: 4 }, (_, n) => ({ name: `p${n}`, content: Buffer.alloc(1) })), 'too_large'],
  ])('%s is refused', (_name, parts, outcome) => {
    expect(unfoldZip(fold(parts), limits)).toBe(outcome);
  });

  test('any damage is found without a fault of ours', () => {
    const sound = fold([{ name: 'a', content: Buffer.from('x'.repeat(600)) }]);
    for (let at = 0; at < sound.length; at += 1) {
      const damaged = Buffer.from(sound);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const outcome = unfoldZip(damaged, limits);
      expect(Array.isArray(outcome) || outcome === 'broken' || outcome === 'too_large').toBe(true);
      expect(unfoldZip(sound.subarray(0, at), limits)).toBe('broken');
    }
  });
});

describe('workbooks', () => {
  const rows = [
    ['Virksomhet', 'Kommune & fylke'],
    ['Åsen <skole> "1"', 'Asker'],
    ['=1+1', ''],
  ];

  test('what is written is read again', async () => {
    expect(await readWorkbook(writeWorkbook('Ramme', rows))).toEqual([
      {
        name: 'Ramme',
        table: {
          headings: rows[0],
          rows: [
            { line: 2, cells: rows[1] },
            { line: 3, cells: rows[2] },
          ],
        },
      },
    ]);
  });

  const sheetWith = (cell: string): Buffer => {
    const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const sheet = `<worksheet xmlns="${namespace}"><sheetData><row r="1">${cell}</row></sheetData></worksheet>`;
    return fold([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.from(sheet) }]);
  };

  test.each([
    ['a cell far down', '<c r="A1048576" t="inlineStr"><is><t>x</t></is></c>'],
    ['a cell far out', '<c r="XFD1" t="inlineStr"><is><t>x</t></is></c>'],
    ['an address in other quotation marks', "<c r = 'XFD1' t='inlineStr'/>"],
    ['an address in character references', '<c r="&#88;FD1" t="inlineStr"/>'],
  ])('%s, which would fill the memory, is refused', async (_name, cell) => {
    expect(await readWorkbook(sheetWith(cell))).toEqual({ code: 'workbook_too_large' });
  });

  test('what only looks like a workbook is told apart', async () => {
    expect(await readSpreadsheet(fold([{ name: 'a.txt', content: Buffer.from('hei') }]))).toEqual({
      code: 'workbook_broken',
    });
    expect(await readSpreadsheet(Buffer.from('PK\u0003\u0004'))).toEqual({ code: 'workbook_broken' });
    expect(await readSpreadsheet(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).toEqual({ code: 'old_excel' });
  });
});
