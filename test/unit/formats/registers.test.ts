import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEntities, readSubUnits } from '../../../src/formats/read-entities';
import { readKlassRegions, readKostraGroups } from '../../../src/formats/read-klass';
import { packageRoot } from '../../../src/platform/package-root';

const read = (name: string): Buffer => readFileSync(join(packageRoot, 'test', 'support', 'registers', name));
const bytes = (text: string): Buffer => Buffer.from(text);

describe('units of Enhetsregisteret', () => {
  test.each(['enheter-page.json', 'enheter-list.json', 'enheter.csv'])('are the same in %s', (name) => {
    const { rows, faults, page } = readEntities(read(name));
    expect([faults, page]).toEqual([[], null]);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual({
      orgnr: '311100009',
      name: 'ASKER KOMMUNE',
      form: 'KOMM',
      municipalityCode: '3203',
    });
    expect(rows.map(({ form }) => form)).toEqual(['KOMM', 'KOMM', 'FYLK', 'AS', 'FYLK']);
  });

  test('a page of several says so', () => {
    const text = read('enheter-page.json').toString().replace('"totalPages": 1', '"totalPages": 3');
    expect(readEntities(bytes(text)).page).toEqual({ number: 1, of: 3 });
  });

  test('deleted units are passed over, and nothing of a file with a fault is kept', () => {
    const text = [
      'organisasjonsnummer;navn;organisasjonsform.kode;slettedato',
      '311100009;ASKER KOMMUNE;KOMM;',
      '311100008;FEIL KOMMUNE;KOMM;',
      '311100008;BORTE KOMMUNE;KOMM;2020-01-01',
      '958935420;;KOMM;',
    ].join('\n');
    expect(readEntities(bytes(text))).toEqual({
      rows: [],
      page: null,
      faults: [
        { line: 3, column: 'organisasjonsnummer', code: 'orgnr', found: '311100008' },
        { line: 5, column: 'navn', code: 'missing', found: '' },
      ],
    });
  });

  test.each([
    ['another list', '{"codes": []}'],
    ['broken JSON', '{"_embedded": '],
    ['a CSV of something else', 'key,name\nasker,Asker'],
    ['an empty file', ''],
    ['text', 'Hei'],
  ])('%s is not taken for units', (_what, text) => {
    expect(readEntities(bytes(text)).faults.map(({ code }) => code)).toEqual(['form']);
  });

  test('a search without hits is told apart from a wrong file', () => {
    const text = '{"_links": {}, "page": {"size": 20, "totalElements": 0, "totalPages": 0, "number": 0}}';
    expect(readEntities(bytes(text)).faults.map(({ code }) => code)).toEqual(['empty']);
  });
});

describe('sub-units of Enhetsregisteret', () => {
  test.each(['underenheter-page.json', 'underenheter.csv'])(
    'have a parent, and employees where told, in %s',
    (name) => {
      const { rows, faults } = readSubUnits(read(name));
      expect(faults).toEqual([]);
      expect(
        rows.map(({ name: title, parentOrgnr, employees, industry }) => [title, parentOrgnr, employees, industry]),
      ).toEqual([
        ['ASKER KOMMUNE SOLVANG SKOLE', '311100009', 45, '85.201'],
        ['ASKER KOMMUNE BIBLIOTEK', '311100009', null, '91.012'],
      ]);
    },
  );

  test('a list of main units has no parents and is refused', () => {
    const { rows, faults } = readSubUnits(read('enheter.csv'));
    expect(rows).toEqual([]);
    expect(faults[0]).toEqual({ line: 2, column: 'overordnetEnhet', code: 'missing', found: '' });
  });
});

describe('codes of Klass', () => {
  test.each(['klass-131-codes.json', 'klass-131-codes.csv'])(
    'have their periods in %s, without the unknown place',
    (name) => {
      const { codes, faults } = readKlassRegions(read(name), 'municipality');
      expect(faults).toEqual([]);
      expect(codes).toHaveLength(12);
      expect(codes[1]).toEqual({ code: '0627', name: 'Røyken', validFrom: '1977-01-01', validTo: '2020-01-01' });
      expect(codes[4]).toEqual({ code: '3203', name: 'Asker', validFrom: '2024-01-01', validTo: null });
    },
  );

  test('a list of one day tells no periods', () => {
    const { codes } = readKlassRegions(read('klass-131-codes-at.json'), 'municipality');
    expect(codes[0]).toEqual({ code: '3203', name: 'Asker', validFrom: null, validTo: null });
  });

  test.each(['klass-131-changes.json', 'klass-131-changes.csv'])('changes lead from code to code in %s', (name) => {
    const { changes, codes, faults } = readKlassRegions(read(name), 'municipality');
    expect([codes, faults]).toEqual([[], []]);
    expect(changes).toHaveLength(9);
    expect(changes[0]).toEqual({
      changedOn: '2020-01-01',
      fromCode: '0220',
      fromName: 'Asker',
      toCode: '3025',
      toName: 'Asker',
    });
  });

  test('municipalities are not taken for counties', () => {
    const { codes, faults } = readKlassRegions(read('klass-131-codes.json'), 'county');
    expect(codes).toEqual([]);
    expect(faults[0]).toEqual({ line: 1, column: 'code', code: 'region_code', found: '0220' });
  });

  test('days that are none, and periods that end before they begin, are faults', () => {
    const text = [
      'code,name,validFromInRequestedRange,validToInRequestedRange',
      '0301,Oslo,2020-02-30,',
      '3203,Asker,2024-01-01,2023-01-01',
    ].join('\n');
    expect(readKlassRegions(bytes(text), 'municipality').faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'date'],
      [3, 'period'],
    ]);
  });

  test.each([['{"codes": "none"}'], ['code,title\n0301,Oslo'], ['<xml/>']])('%s is not taken for codes', (text) => {
    expect(readKlassRegions(bytes(text), 'municipality').faults.map(({ code }) => code)).toEqual(['form']);
  });
});

describe('KOSTRA groups of Klass', () => {
  test.each(['klass-112-131.json', 'klass-112-131.csv'])('are read from %s', (name) => {
    expect(readKostraGroups(read(name))).toEqual({
      rows: [
        { municipalityCode: '3203', group: 'EKG99' },
        { municipalityCode: '3207', group: 'EKG98' },
      ],
      faults: [],
    });
  });

  test('the other direction says the same', () => {
    const text = 'sourceCode;sourceName;targetCode;targetName\n3203;Asker;EKG99;Gruppe';
    expect(readKostraGroups(bytes(text)).rows).toEqual([{ municipalityCode: '3203', group: 'EKG99' }]);
  });

  test('a table between other classifications is refused', () => {
    const text = 'sourceCode,targetCode\n0301,030101';
    expect(readKostraGroups(bytes(text)).faults.map(({ code }) => code)).toEqual(['region_code']);
    expect(readKostraGroups(bytes('sourceCode,targetCode\n01,02')).faults).toHaveLength(1);
  });
});
