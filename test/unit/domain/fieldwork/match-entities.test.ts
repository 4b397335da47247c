import {
  compareEntities,
  writeEntityName,
  type KnownOrganisation,
} from '../../../../src/domain/fieldwork/match-entities';

const today = '2026-11-22';
const codes = {
  municipality: [
    { code: '3025', name: 'Asker', validFrom: '2020-01-01', validTo: '2024-01-01' },
    { code: '3203', name: 'Asker', validFrom: '2024-01-01', validTo: null },
    { code: '1818', name: 'Herøy', validFrom: '1977-01-01', validTo: null },
    { code: '1515', name: 'Herøy', validFrom: '1977-01-01', validTo: null },
  ],
  county: [
    { code: '18', name: 'Nordland - Nordlánnda', validFrom: '1977-01-01', validTo: null },
    { code: '32', name: 'Akershus', validFrom: '2024-01-01', validTo: null },
    { code: '02', name: 'Akershus', validFrom: '1977-01-01', validTo: '2020-01-01' },
  ],
};
const asker: KnownOrganisation = {
  key: 'asker',
  name: 'Vårt Asker',
  orgnr: '920125298',
  kind: 'municipality',
  regionCode: '3025',
  regionCodeOn: '2022-01-01',
};

function entity(orgnr: string, name: string, form: string, municipalityCode = '') {
  return { orgnr, name, form, municipalityCode };
}

const compare = (
  entities: ReturnType<typeof entity>[],
  known: readonly KnownOrganisation[] = [],
  isOnlyKnown = false,
) => compareEntities(entities, { known, codes, today, isOnlyKnown });

describe('units of Enhetsregisteret beside the organisations of the installation', () => {
  test('a known organisation gets today’s code and keeps name and key', () => {
    const { added, changed } = compare([entity('920125298', 'ASKER KOMMUNE', 'KOMM', '3203')], [asker]);
    expect([added, changed]).toEqual([
      [],
      [{ before: asker, after: { ...asker, regionCode: '3203', regionCodeOn: today } }],
    ]);
  });

  test('the same code, or none that is known, changes nothing', () => {
    const now = { ...asker, regionCode: '3203' };
    expect(compare([entity('920125298', 'ASKER KOMMUNE', 'KOMM', '3203')], [now])).toMatchObject({ unchanged: 1 });
    expect(compare([entity('920125298', 'ASKER KOMMUNE', 'KOMM', '0220')], [now])).toMatchObject({ unchanged: 1 });
  });

  test('counties are found by name, valid today, in any of their official names', () => {
    const { added } = compare([
      entity('1', 'AKERSHUS FYLKESKOMMUNE', 'FYLK', '0301'),
      entity('2', 'NORDLAND FYLKESKOMMUNE', 'FYLK', '1804'),
      entity('3', 'UKJENT FYLKESKOMMUNE', 'FYLK', '0301'),
    ]);
    expect(added.map(({ key, regionCode }) => [key, regionCode])).toEqual([
      ['akershus', '32'],
      ['nordland', '18'],
      ['ukjent', null],
    ]);
  });

  test('namesakes get keys of their own', () => {
    const { added } = compare(
      [entity('1', 'HERØY KOMMUNE', 'KOMM', '1515'), entity('2', 'HERØY KOMMUNE', 'KOMM', '1818')],
      [asker],
    );
    expect(added.map(({ key }) => key)).toEqual(['heroy', 'heroy-1818']);
  });

  test('keys fit the form that keys have, whatever the name', () => {
    const names = ['GUOVDAGEAINNU SUOHKAN KAUTOKEINO KOMMUNE I FINNMARK FYLKE', '123', 'ÅS KOMMUNE', 'ŽŽŽ'];
    const { added } = compare(names.map((name, index) => entity(String(100_000_000 + index), name, 'KOMM')));
    for (const { key } of added) expect(key).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    expect(new Set(added.map(({ key }) => key)).size).toBe(names.length);
  });

  test('other forms, and with only known ones the unknown, are left out; a unit that comes twice counts once', () => {
    const entities = [entity('9', 'BAKERI AS', 'AS', '3203'), entity('8', 'NY KOMMUNE', 'KOMM', '3203')];
    expect(compare(entities, [asker], true)).toEqual({ added: [], changed: [], unchanged: 0, leftOut: 2 });
    expect(compare([...entities, ...entities]).added).toHaveLength(1);
  });
});

test.each([
  ['ASKER KOMMUNE', 'Asker kommune'],
  ['NORDRE FOLLO KOMMUNE', 'Nordre Follo kommune'],
  ['MØRE OG ROMSDAL FYLKESKOMMUNE', 'Møre og Romsdal fylkeskommune'],
  ['SØR-AURDAL KOMMUNE', 'Sør-Aurdal kommune'],
  ['Allerede skrevet', 'Allerede skrevet'],
])('%s is written %s', (registered, written) => {
  expect(writeEntityName(registered)).toBe(written);
});
