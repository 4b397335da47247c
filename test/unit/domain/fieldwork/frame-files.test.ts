import { compareFrames } from '../../../../src/domain/fieldwork/compare-frames';
import { guessColumns } from '../../../../src/domain/fieldwork/frame-columns';
import { fingerprintFrames, type FrameEntry } from '../../../../src/domain/fieldwork/frame-entry';
import { codesOf, readWord, worded } from '../../../../src/domain/fieldwork/frame-words';
import { readFrame } from '../../../../src/domain/fieldwork/read-frame';
import type { FrameRow, FrameRules } from '../../../../src/domain/fieldwork/read-frame-rows';
import { readEmployeeCount, sizeClassOf } from '../../../../src/domain/fieldwork/size-classes';

describe('headings', () => {
  test.each([
    [
      'Virksomhet;Kommune;Sektor;Type;Antall ansatte;Leder;E-post',
      ['unit_name', 'organisation', 'sector', 'type', 'employees', 'name', 'email'],
    ],
    [
      'Nykel;Arbeidsstad;Kommune;Tenesteområde;Storleik;Leiar;E-postadresse;Målform',
      ['unit', 'unit_name', 'organisation', 'sector', 'size', 'name', 'email', 'language'],
    ],
    [
      'Unit ID;Workplace;Municipality;Sector;Size;Manager;E-mail;Language',
      ['unit', 'unit_name', 'organisation', 'sector', 'size', 'name', 'email', 'language'],
    ],
    [
      'Nøgle;Arbejdsplads;Kommune;Sektor;Størrelse;Leder;Mailadresse;Sprog',
      ['unit', 'unit_name', 'organisation', 'sector', 'size', 'name', 'email', 'language'],
    ],
    [
      '  ENHET ;organisasjon;SEKTOR;størrelse;navn;epost',
      ['unit_name', 'organisation', 'sector', 'size', 'name', 'email'],
    ],
    [
      'unit,organisation,sector,type,size,invited,name,email,language'.replaceAll(',', ';'),
      ['unit', 'organisation', 'sector', 'type', 'size', 'invited', 'name', 'email', 'language'],
    ],
  ])('%s are understood in order', (headings, expected) => {
    const guessed = Object.entries(guessColumns(headings.split(';'))).sort(([, first], [, second]) => first - second);
    expect(guessed.map(([column]) => column)).toEqual(expected);
  });

  test('a heading is taken once, and unknown ones are left out', () => {
    expect(guessColumns(['Navn', 'Navn', 'Merknad', ''])).toEqual({ name: 0 });
  });
});

describe('words', () => {
  test.each(worded.map((column) => [column]))('every code of %s means itself', (column) => {
    for (const code of codesOf[column]) expect(readWord(column, code)).toBe(code);
  });

  test.each([
    ['sector', 'Helse og omsorg', 'health'],
    ['sector', 'TEKNISK SEKTOR', 'technical'],
    ['type', 'Videregående skole', 'videregaende_skole'],
    ['type', 'Sjukeheim', 'sykehjem'],
    ['size', 'Mellomstor', 'M'],
    ['size', '19', 'S'],
    ['size', '20', 'M'],
    ['size', '1 250', 'L'],
    ['invited', 'Nei', '0'],
    ['invited', 'x', '1'],
    ['language', 'Nynorsk', 'nn'],
    ['sector', 'Rombruk', null],
    ['size', '-3', null],
  ] as const)('%s: «%s» means %s', (column, found, code) => {
    expect(readWord(column, found)).toBe(code);
  });

  test('a meaning that was chosen goes before the known one, and inherited names mean nothing', () => {
    expect(readWord('type', 'Skole', { type: { skole: 'sfo' } })).toBe('sfo');
    expect(readWord('type', 'constructor', { type: {} })).toBeNull();
  });

  test('employees are whole numbers from 1, and classes end at 20 and 50', () => {
    expect(['0', '1', '1 000', '2,5', '', 'ti', '1000001'].map(readEmployeeCount)).toEqual([
      null,
      1,
      1000,
      null,
      null,
      null,
      null,
    ]);
    expect([0, 19, 20, 49, 50].map(sizeClassOf).join('')).toBe('SSMML');
  });
});

const rules = (population: FrameRules['population'] = 'managers'): FrameRules => ({
  population,
  readWord,
  readOrganisation: (found) => (['asker', 'oslo'].includes(found) ? found : null),
  isTaken: (unit) => unit === 'theirs',
});
const row = (line: number, more: FrameRow['cells'] = {}): FrameRow => ({
  line,
  cells: {
    unit: `u${line}`,
    organisation: 'asker',
    sector: 'health',
    size: 'S',
    name: 'Kari',
    email: `k${line}@example.org`,
    ...more,
  },
});
const tell = (rows: readonly FrameRow[], population?: FrameRules['population']) =>
  readFrame(rows, rules(population)).faults.map(
    ({ line, column, code, found }) => `${line} ${column} ${code} ${found}`,
  );

describe('rows', () => {
  test('every fault is told by row and column with what stands there, in the order of the file', () => {
    const rows = [
      row(2, { email: 'kari@' }),
      row(3, { unit: 'u2' }),
      row(4, { organisation: 'Bergen', sector: '', size: 'XL', language: 'se' }),
      row(5, { unit: 'theirs', name: 'x'.repeat(201) }),
    ];
    expect(tell(rows)).toEqual([
      '2 email email kari@',
      '3 unit unit_repeated u2',
      '4 organisation organisation_unknown Bergen',
      '4 sector missing ',
      '4 size unknown_word XL',
      '4 language unknown_word se',
      '5 unit unit_taken theirs',
      `5 name length ${'x'.repeat(201)}`,
    ]);
    const { entries, faultyLines, faultyUnits } = readFrame(rows, rules());
    expect([entries, [...faultyLines].sort(), [...faultyUnits]]).toEqual([[], [2, 3, 4, 5], ['u2', 'u4', 'theirs']]);
  });

  test('a column that the file does not have decides nothing', () => {
    const { entries } = readFrame(
      [row(2, { employees: '60' })].map(({ line, cells }) => ({
        line,
        cells: Object.fromEntries(Object.entries(cells).filter(([column]) => column !== 'size')),
      })),
      rules(),
    );
    expect(entries[0]).toMatchObject({ size: 'L', type: 'annet', isInvited: null, employeeCount: null });
  });

  test('who is not invited is not kept', () => {
    const { entries, contactsLeftOut } = readFrame([row(2, { invited: 'nei' })], rules());
    expect([entries[0]?.persons, contactsLeftOut]).toEqual([[], 1]);
  });

  test('a manager may lead two units with one address', () => {
    expect(tell([row(2, { email: 'to@example.org' }), row(3, { email: 'to@example.org' })])).toEqual([]);
  });

  test('employees: rows of a unit belong together, each person once, no fewer employees than are listed', () => {
    const unit = { unit: 'skole', employees: '2' };
    expect(tell([row(2, unit), row(3, { ...unit, email: 'K2@example.org' })], 'employees')).toEqual([
      '3 email person_repeated K2@example.org',
    ]);
    expect(tell([row(2, unit), row(3, { ...unit, sector: 'culture' })], 'employees')).toEqual([
      '3 sector unit_differs culture',
    ]);
    expect(tell([row(2, unit), row(3, unit), row(4, unit)], 'employees')).toEqual(['2 employees employees_too_few 2']);
    expect(tell([row(2, { name: '', email: '' })], 'employees')).toEqual(['2 email nobody_listed ']);
    expect(readFrame([row(2, unit), row(3, unit)], rules('employees')).entries[0]?.persons).toHaveLength(2);
  });
});

const entry = (unit: string, more: Partial<FrameEntry> = {}): FrameEntry => ({
  unit,
  name: null,
  organisation: 'asker',
  sector: 'health',
  type: 'sykehjem',
  size: 'S',
  isInvited: true,
  employeeCount: null,
  persons: [{ name: 'Kari', email: 'kari@example.org', language: 'nb' }],
  ...more,
});

describe('differences', () => {
  test('are told by unit and field', () => {
    const before = [entry('a'), entry('b'), entry('c'), entry('d')];
    const after = [entry('b'), entry('c', { size: 'L', name: 'C' }), entry('d', { persons: [] }), entry('e')];
    const difference = compareFrames(before, after);
    expect({
      added: difference.added.map(({ unit }) => unit),
      changed: difference.changed.map(({ after: { unit }, fields }) => [unit, fields]),
      removed: difference.removed.map(({ unit }) => unit),
      unchanged: difference.unchanged.map(({ unit }) => unit),
    }).toEqual({
      added: ['e'],
      changed: [
        ['c', ['name', 'size']],
        ['d', ['persons']],
      ],
      removed: ['a'],
      unchanged: ['b'],
    });
  });

  test('the order of units and persons is no difference, every fact is one', () => {
    const second = { name: 'Ola', email: 'ola@example.org', language: 'nn' } as const;
    const both = entry('a', { persons: [...entry('a').persons, second] });
    const turned = { ...both, persons: [...both.persons].reverse() };
    expect(compareFrames([both], [turned]).changed).toEqual([]);
    expect(fingerprintFrames([both, entry('b')])).toBe(fingerprintFrames([entry('b'), turned]));
    const others: Partial<FrameEntry>[] = [
      { name: 'x' },
      { organisation: 'oslo' },
      { sector: 'culture' },
      { type: 'nav' },
      { size: 'M' },
      { isInvited: false },
      { employeeCount: 3 },
      { persons: [] },
    ];
    const prints = others.map((more) => fingerprintFrames([entry('a', more)]));
    expect(new Set([...prints, fingerprintFrames([entry('a')])]).size).toBe(others.length + 1);
  });
});
