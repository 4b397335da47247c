import fc from 'fast-check';
import { readCsv } from '../../../src/formats/read-csv';
import { neutraliseFormula, writeCsv } from '../../../src/formats/write-csv';

const columns = { required: ['a', 'b'], optional: ['c'] };
const read = (text: string, expected: Parameters<typeof readCsv>[1] = columns) => readCsv(Buffer.from(text), expected);
const places = (text: string) => read(text).faults.map(({ line, column, code }) => `${line}:${column}:${code}`);

describe('reading CSV', () => {
  test('rows know the line they begin on, with quoted line breaks, empty lines and any line ending', () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['a,b', '1,"x', 'y"', '', ' 2 ,z', ',', '3,w'].join(end);
      expect(read(text).rows).toEqual([
        { line: 2, cells: { a: '1', b: 'x\ny' } },
        { line: 5, cells: { a: '2', b: 'z' } },
        { line: 7, cells: { a: '3', b: 'w' } },
      ]);
    }
  });

  test('a byte order mark is tolerated', () => {
    expect(read('\uFEFFa,b\n1,2').rows).toEqual([{ line: 2, cells: { a: '1', b: '2' } }]);
  });

  test('every fault of the headings is told with its column', () => {
    expect(places('b,x,b\n1,2,3')).toEqual(['1:a:column_missing', '1:x:column_unknown', '1:b:column_repeated']);
  });

  test.each([
    ['semicolons', 'a;b\n1;2', 'semicolon'],
    ['semicolons and quotation marks, after an empty line', '\uFEFF\r\n"a";"b";"c"\r\n1;2;3', 'semicolon'],
    ['semicolons and an unknown column', 'a;x\n1;2', 'semicolon'],
    ['tabs', 'a\tb\tc\n1\t2\t3', 'tab'],
  ])('a file with %s instead of commas is told in one line', (_what, text, separator) => {
    const { faults } = read(text);
    const line = text.startsWith('\uFEFF') ? 2 : 1;
    expect(faults).toEqual([{ line, column: '', code: 'separator', values: { separator } }]);
  });

  test('semicolons and tabs within cells are no separators', () => {
    expect(read('a,b\n1;2,x\ty').rows).toEqual([{ line: 2, cells: { a: '1;2', b: 'x\ty' } }]);
    expect(places('a,"x;b"\n1,2')).toEqual(['1:b:column_missing', '1:x;b:column_unknown']);
  });

  test('lines with too few or too many cells, and control characters, are told with their line', () => {
    expect(places('a,b\n1,2\n1\n1,2,3\n1,\u0000')).toEqual(['3::cell_count', '4::cell_count', '5:b:control_character']);
  });

  test('a file without rows, without text or with open quotes is refused', () => {
    expect(places('')).toEqual(['1::empty']);
    expect(places('a,b\n')).toEqual(['2::empty']);
    expect(places('a,b\n1,"2\n3,4')[0]).toMatch(/:quotes$/);
  });

  test('a line that is not UTF-8 is named', () => {
    const latin1 = Buffer.from('a,b\n1,2\n1,B\u00e6rum\n', 'latin1');
    expect(readCsv(latin1, columns).faults).toMatchObject([{ line: 3, code: 'not_utf8' }]);
  });

  test('what writeCsv writes is read back', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => /^\P{Cc}*$/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = writeCsv<(typeof rows)[number]>(
          [
            { name: 'a', cell: (row) => `x${row[0]}x` },
            { name: 'b', cell: (row) => `x${row[1]}x` },
          ],
          rows,
        );
        expect(read(text).rows.map(({ cells }) => [cells['a'], cells['b']])).toEqual(
          rows.map((row) => row.map((part) => `x${part}x`)),
        );
      }),
    );
  });
});

describe('writing CSV', () => {
  test.each(['=HYPERLINK("x")', '+47', '-1+2', '@SUM(A1)', '\tx', '\rx', '-'])(
    '"%s" is not run by a spreadsheet',
    (text) => {
      expect(neutraliseFormula(text)).toBe(`'${text}`);
    },
  );

  test.each(['-1', '-0.5', '-3,2', '1=1', 'a@b.no', ''])('"%s" stays', (text) => {
    expect(neutraliseFormula(text)).toBe(text);
  });

  test('numbers are plain, yes and no are 1 and 0, nothing is an empty cell', () => {
    const columnsOfOne = [
      { name: 'n', cell: () => -0.25 },
      { name: 'y', cell: () => true },
      { name: 'e', cell: () => null },
    ];
    expect(writeCsv(columnsOfOne, [1])).toBe('n,y,e\n-0.25,1,\n');
  });
});
