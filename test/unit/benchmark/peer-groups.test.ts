import {
  listPeerCandidates,
  listUnplaced,
  noPeerChoice,
  type PeerOrganisation,
} from '../../../src/domain/benchmark/peer-groups';

type Kind = PeerOrganisation['kind'];

function place(key: string, kind: Kind, facts: Readonly<Record<string, string>> = {}): PeerOrganisation {
  return {
    key,
    kind,
    facts: Object.entries(facts).map(([name, value]) => {
      const [fact = '', year = ''] = name.split(' ');
      return { kind: fact === 'population' ? 'population' : 'kostra_group', year: Number(year), value };
    }),
  };
}

function describeGroups(
  organisations: readonly PeerOrganisation[],
  ...bases: ('kind' | 'kostra_group' | 'population')[]
) {
  return listPeerCandidates({ bases, groups: [] }, organisations).map(
    ({ code, year, members }) => `${code} ${year ?? '-'} ${members.join('+')}`,
  );
}

describe('groups of organisations', () => {
  test('of the same kind: municipalities and counties, nothing else', () => {
    const all = [
      place('viken', 'county'),
      place('lier', 'municipality'),
      place('asker', 'municipality'),
      place('ks', 'other'),
    ];
    expect(describeGroups(all, 'kind')).toEqual(['municipality - asker+lier', 'county - viken']);
  });

  test.each([
    ['0', 'population-under-5000'],
    ['4999', 'population-under-5000'],
    ['5000', 'population-5000-19999'],
    ['19999', 'population-5000-19999'],
    ['20000', 'population-20000-49999'],
    ['49999', 'population-20000-49999'],
    ['50000', 'population-from-50000'],
    ['717710', 'population-from-50000'],
  ])('a municipality of %s inhabitants is in %s', (inhabitants, code) => {
    expect(describeGroups([place('a', 'municipality', { 'population 2026': inhabitants })], 'population')).toEqual([
      `${code} 2026 a`,
    ]);
  });

  test('by population come smallest first, without counties', () => {
    const all = [
      place('a', 'municipality', { 'population 2026': '90000' }),
      place('b', 'municipality', { 'population 2026': '900' }),
      place('c', 'county', { 'population 2026': '300000' }),
    ];
    expect(describeGroups(all, 'population')).toEqual(['population-under-5000 2026 b', 'population-from-50000 2026 a']);
    expect(listUnplaced('population', all)).toEqual([]);
  });

  test('are of the one year that most organisations have, of several the latest', () => {
    const all = [
      place('a', 'municipality', { 'kostra_group 2025': 'EKG10', 'kostra_group 2026': 'EKG11' }),
      place('b', 'municipality', { 'kostra_group 2025': 'EKG10' }),
      place('c', 'municipality', { 'kostra_group 2025': 'EKG2' }),
      place('d', 'municipality', { 'kostra_group 2026': 'EKG2' }),
    ];
    expect(describeGroups(all, 'kostra_group')).toEqual(['kostra-ekg10 2025 a+b', 'kostra-ekg2 2025 c']);
    expect(listUnplaced('kostra_group', all)).toEqual(['d']);
    const tie = all.slice(0, 1);
    expect(describeGroups(tie, 'kostra_group')).toEqual(['kostra-ekg11 2026 a']);
  });

  test('chosen by hand have only members that take part, in code order, and come last', () => {
    const all = ['c', 'a', 'b'].map((key) => place(key, 'municipality'));
    const groups = [
      { name: 'Naboer', members: ['c', 'x', 'a', 'c'] },
      { name: 'Borte', members: ['x'] },
      { name: 'Fjell', members: ['b'] },
    ];
    expect(listPeerCandidates({ bases: ['kind'], groups }, all).map(({ code, members }) => [code, members])).toEqual([
      ['municipality', ['a', 'b', 'c']],
      ['chosen-1', ['a', 'c']],
      ['chosen-3', ['b']],
    ]);
  });

  test('are none where none were chosen', () => {
    expect(listPeerCandidates(noPeerChoice, [place('a', 'municipality')])).toEqual([]);
  });
});
