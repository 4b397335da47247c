import type { GroupKey } from '../../../src/domain/benchmark/types';
import type { AcrossGroup, AuditBlock } from '../../../src/domain/disclosure/audit-block';
import { findBestMend, findTwins, listMends, type Mend } from '../../../src/domain/disclosure/audit-mends';
import { printLess } from '../../../src/domain/disclosure/audit-suspicion';
import type { GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { inWholePercent, printAs } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';

const network = [
  atom('a s1', 10),
  atom('a s2', 30),
  atom('b s1', 20),
  atom('b s2', 40),
  atom('c s1', 20),
  atom('c s2', 40),
];

/** Each mend in words: what goes together, and how it is told less. */
function say({ keys, isCoarse }: Mend): string {
  return `${keys.join(' + ')} ${isCoarse ? 'coarsely' : 'not'}`;
}

const everything = () => true;

interface Telling {
  readonly printing?: typeof inWholePercent;
  readonly canMend?: (key: GroupKey) => boolean;
  readonly rates?: Readonly<Record<GroupKey, number>>;
  readonly own?: readonly string[];
}

/** What is told less first when all published groups give something away, those with a rate by so much. */
function findFirst(published: readonly GroupSet[], telling: Telling = {}): Mend | null {
  const { printing = inWholePercent, canMend = everything, rates = {}, own = ['a'] } = telling;
  const blamed = published.map((set) => ({ set, rate: rates[set.group.key] ?? 1 }));
  return findBestMend(blamed, { printing, canMend, published, twins: findTwins(published), own: new Set(own) });
}

/** One after the other, until nothing is printed any more. */
function tellLessAndLess(published: readonly GroupSet[], telling: Telling = {}): readonly string[] {
  const mends: Mend[] = [];
  for (;;) {
    const mend = findFirst(published, { ...telling, printing: printLess(inWholePercent, mends) });
    if (mend === null) return mends.map(say);
    mends.push(mend);
  }
}

describe('groups with the same respondents', () => {
  test('are found together: in a network of two the rest of one is the other', () => {
    const two = setsOf([atom('a s1', 10), atom('b s1', 20)], ['network', 'organisation=a', 'rest=b', 'organisation=b']);
    expect([...findTwins(two)]).toEqual([
      ['0,1', ['network']],
      ['0', ['organisation=a', 'rest=b']],
      ['1', ['organisation=b']],
    ]);
  });
});

describe('of figures that give something away', () => {
  test('breakdowns are told less before totals, the own before others, and all coarsely before any is hidden', () => {
    const published = setsOf(network, [
      'network',
      'organisation=b',
      'organisation=b;sector=s1',
      'organisation=a',
      'sector=s1',
      'organisation=a;sector=s1',
    ]);
    const order = [
      'organisation=a;sector=s1',
      'sector=s1',
      'organisation=a',
      'organisation=b;sector=s1',
      'organisation=b',
      'network',
    ];
    expect(tellLessAndLess(published)).toEqual([
      ...order.map((key) => `${key} coarsely`),
      ...order.map((key) => `${key} not`),
    ]);
  });

  test('sizes are breakdowns as sectors are', () => {
    const sized = [atom('a - S', 10), atom('a - L', 30), atom('b - S', 20), atom('b - L', 20)];
    const published = setsOf(sized, [
      'network',
      'organisation=b',
      'organisation=b;size=S',
      'organisation=a',
      'size=S',
      'organisation=a;size=S',
    ]);
    expect(tellLessAndLess(published).slice(0, 6)).toEqual([
      'organisation=a;size=S coarsely',
      'size=S coarsely',
      'organisation=a coarsely',
      'organisation=b;size=S coarsely',
      'organisation=b coarsely',
      'network coarsely',
    ]);
  });

  test('among equals the first is what moves most: by its answers, the step, and how much it matters', () => {
    // Below 20 answers in steps of 20, below 60 of 10, else of 5: 10 x 20 = 200, 30 x 10 = 300, 19 x 20 = 380.
    const cells = [atom('a s1', 10), atom('a s2', 30), atom('a s3', 19), atom('b s1', 9)];
    const published = setsOf(
      cells,
      ['s1', 's2', 's3'].map((sector) => `organisation=a;sector=${sector}`),
    );
    expect(say(findFirst(published)!)).toBe('organisation=a;sector=s3 coarsely');
    // 2 x 200 = 400.
    const rates = { 'organisation=a;sector=s1': 2 };
    expect(say(findFirst(published, { rates })!)).toBe('organisation=a;sector=s1 coarsely');
    expect(tellLessAndLess(published, { rates })).toEqual([
      'organisation=a;sector=s1 coarsely',
      'organisation=a;sector=s3 coarsely',
      'organisation=a;sector=s2 coarsely',
      'organisation=a;sector=s1 not',
      'organisation=a;sector=s3 not',
      'organisation=a;sector=s2 not',
    ]);
  });

  test('where nothing tells them apart it is the first by name, in whatever order they come', () => {
    const cells = [atom('a s1', 10), atom('a s2', 10), atom('a s3', 10)];
    const published = setsOf(
      cells,
      ['s2', 's1', 's3'].map((sector) => `organisation=a;sector=${sector}`),
    );
    const first = 'organisation=a;sector=s1 coarsely';
    expect(say(findFirst(published)!)).toBe(first);
    expect(say(findFirst(published.toReversed())!)).toBe(first);
  });

  test('totals of one category are printed coarsely together, with and without an organisation', () => {
    const published = setsOf(network, [
      'network',
      'rest=a',
      'sector=s1',
      'rest=a;sector=s1',
      'sector=s2',
      'organisation=a;sector=s1',
    ]);
    expect(tellLessAndLess(published)).toEqual([
      'organisation=a;sector=s1 coarsely',
      // 110 answers x 5 points is more than 50 x 10.
      'sector=s2 coarsely',
      'sector=s1 + rest=a;sector=s1 coarsely',
      'network + rest=a coarsely',
      // Hidden they are one by one; without the cell of a the rest of its sector is not printed either.
      'organisation=a;sector=s1 not',
      'sector=s2 not',
      'sector=s1 not',
      'network not',
      'rest=a not',
    ]);
  });

  test('totals by size, and those of a peer group, are categories of their own', () => {
    const cells = [
      { ...atom('a s1 S', 10), peers: ['near'] },
      { ...atom('b s1 S', 30), peers: ['near'] },
      atom('c s2 L', 30),
      atom('d s2 S', 30),
    ];
    const published = setsOf(cells, [
      'network',
      'rest=a',
      'size=S',
      'rest=a;size=S',
      'size=L',
      'sector=s1',
      'peers=near',
      'peers=near;rest=a',
    ]);
    const first = (key: GroupKey): string => say(findFirst(published, { rates: { [key]: 1000 } })!);
    expect(first('size=S')).toBe('size=S + rest=a;size=S coarsely');
    expect(first('size=L')).toBe('size=L coarsely');
    // The others in the peer group and its sector are b alone and a with b: the same respondents go along.
    const totals = published.filter(({ group }) => group.size === null && group.sector === null);
    expect(say(findFirst(totals, { rates: { 'peers=near': 1000 } })!)).toBe('peers=near + peers=near;rest=a coarsely');
    expect(say(findFirst(totals, { rates: { network: 1000 } })!)).toBe('network + rest=a coarsely');
  });

  test('groups with the same respondents are told less together', () => {
    const two = setsOf([atom('a s1', 10), atom('b s1', 20)], ['organisation=a', 'rest=b', 'network']);
    expect(tellLessAndLess(two, { own: [] })).toEqual([
      'organisation=a + rest=b coarsely',
      // The rest of b is of the network's category, too.
      'organisation=a + rest=b + network coarsely',
      'organisation=a + rest=b not',
      'network not',
    ]);
  });

  test('what must not be told less stays, and so do groups with the same respondents as it', () => {
    const published = setsOf([atom('a s1', 10), atom('b s1', 20)], ['organisation=a', 'rest=b', 'network', 'rest=a']);
    const canMend = (key: GroupKey): boolean => key !== 'rest=b';
    expect(tellLessAndLess(published, { canMend, own: [] })).toEqual([
      // The rest of b is of the same category, but it stays.
      'network + rest=a coarsely',
      'network not',
      'rest=a not',
    ]);
  });

  test('nothing is told less when nothing of them is printed any more', () => {
    const published = setsOf(network, ['organisation=a', 'organisation=b']);
    expect(findFirst(published, { printing: printAs({ refused: ['organisation=a', 'organisation=b'] }) })).toBeNull();
    expect(findFirst([])).toBeNull();
  });
});

interface Around {
  readonly printed: readonly GroupKey[];
  readonly across?: readonly { readonly whole: GroupKey; readonly others: readonly (GroupKey | null)[] }[];
  readonly few?: readonly GroupKey[];
}

/** All that could be told less for the sake of the first cell of an organisation, tier by tier. */
function listFor(
  atoms: readonly Atom[],
  keys: readonly GroupKey[],
  { printed, across = [], few = [], ...telling }: Around & Telling,
): readonly (readonly string[])[] {
  const sets = setsOf(atoms, keys);
  const pick = (key: GroupKey): GroupSet => sets.find(({ group }) => group.key === key)!;
  const columns = [...atoms.keys()].filter((column) => atoms[column]!.organisation === 'a');
  const block: AuditBlock = {
    columns,
    printed: printed.map(pick),
    across: across.map(({ whole, others }): AcrossGroup => {
      return {
        whole: pick(whole),
        inside: pick(whole).columns.filter((column) => columns.includes(column)),
        own: null,
        rest: null,
        others: others.map((key) => ({ printed: key === null ? null : pick(key), weight: 1 })),
      };
    }),
    few: few.map(pick),
    targets: [],
  };
  const { printing = inWholePercent, canMend = everything } = telling;
  const state = { printing, canMend, twins: findTwins(sets) };
  const target = { columns: [0], count: 1, workplaces: 1, optionCounts: [] };
  return listMends(block, target, state).map((tier) => tier.map(say));
}

describe('what can be told less so that a cell stays unknown', () => {
  const cells = ['a', 'b'].flatMap((name) => ['s1', 's2'].map((sector) => `organisation=${name};sector=${sector}`));
  const keys = ['network', 'sector=s1', 'sector=s2', 'organisation=a', 'organisation=b', 'rest=b', ...cells];
  const around: Around = {
    printed: ['organisation=a', 'organisation=a;sector=s2', 'organisation=a;sector=s1'],
    across: [
      { whole: 'network', others: ['organisation=b', null] },
      { whole: 'sector=s1', others: ['organisation=b;sector=s1'] },
      { whole: 'sector=s2', others: ['organisation=b;sector=s2'] },
    ],
    few: ['network', 'rest=b', 'sector=s2'],
  };

  test('goes from coarse breakdowns over totals and others to hidden ones, the nearest first in each', () => {
    // What others print in another sector, and its total, say nothing of the cell.
    const others = ['organisation=b;sector=s1', 'organisation=b'];
    const totals = ['rest=b', 'sector=s1', 'network'];
    const breakdowns = ['organisation=a;sector=s1', 'organisation=a;sector=s2'];
    const as = (list: readonly string[], how: string): readonly string[] => list.map((key) => `${key} ${how}`);
    expect(listFor(network, keys, around)).toEqual([
      as(breakdowns, 'coarsely'),
      as(totals, 'coarsely'),
      ['organisation=a coarsely'],
      as(others, 'coarsely'),
      as(breakdowns, 'not'),
      ['organisation=a not'],
      as(others, 'not'),
      as(totals, 'not'),
    ]);
  });

  test('leaves out what is coarse or hidden already', () => {
    const printing = printAs({
      coarse: ['network', 'organisation=a;sector=s1', 'organisation=b'],
      refused: ['sector=s1', 'organisation=b;sector=s1', 'organisation=a;sector=s2'],
    });
    expect(listFor(network, keys, { ...around, printing })).toEqual([
      [],
      ['rest=b coarsely'],
      ['organisation=a coarsely'],
      [],
      ['organisation=a;sector=s1 not'],
      ['organisation=a not'],
      ['organisation=b not'],
      ['rest=b not', 'network not'],
    ]);
  });

  test('leaves out what must not be told less', () => {
    const canMend = (key: GroupKey): boolean => key === 'network';
    expect(listFor(network, keys, { ...around, canMend }).flat()).toEqual(['network coarsely', 'network not']);
  });

  test('holds groups with the same respondents together, unless one of them must stay', () => {
    const two = [atom('a s1', 5), atom('a s2', 9), atom('b s1', 20)];
    const names = ['organisation=a', 'rest=b', 'organisation=b'];
    const printed = ['organisation=a'];
    expect(listFor(two, names, { printed }).flat()).toEqual([
      'organisation=a + rest=b coarsely',
      'organisation=a + rest=b not',
    ]);
    expect(listFor(two, names, { printed, canMend: (key) => key !== 'rest=b' }).flat()).toEqual([]);
  });

  test('totals of 200 answers and more are not printed coarsely, but may be hidden', () => {
    const large = (count: number) => [atom('a s1', 4), atom('b s1', count - 4)];
    const total: Around = { printed: [], across: [{ whole: 'network', others: [] }] };
    expect(listFor(large(199), ['network'], total).flat()).toEqual(['network coarsely', 'network not']);
    expect(listFor(large(200), ['network'], total).flat()).toEqual(['network not']);
  });

  test('goes from what is published last to what is published first, then from small to large, then by name', () => {
    const four = [atom('a s1', 20), atom('a s2', 10), atom('a s3', 20), atom('a s4', 10)];
    const sectors = ['s1', 's2', 's3', 's4'].map((sector) => `organisation=a;sector=${sector}`);
    const order = (priorities: readonly number[], columns: readonly number[]): readonly string[] => {
      const printed = setsOf(four, sectors)
        .map((set, at) => ({ ...set, group: { ...set.group, priority: priorities[at]! } }))
        .reverse();
      const block = { columns: [0, 1, 2, 3], printed, across: [], few: [], targets: [] };
      const state = { printing: inWholePercent, canMend: everything, twins: findTwins(printed) };
      const target = { columns, count: 1, workplaces: 1, optionCounts: [] };
      return listMends(block, target, state)[0]!.map(({ keys: [key] }) => key!.slice(-2));
    };
    expect(order([1, 2, 3, 4], [])).toEqual(['s4', 's3', 's2', 's1']);
    expect(order([4, 3, 2, 1], [])).toEqual(['s1', 's2', 's3', 's4']);
    expect(order([1, 1, 1, 1], [])).toEqual(['s2', 's4', 's1', 's3']);
    expect(order([1, 2, 1, 2], [])).toEqual(['s2', 's4', 's1', 's3']);
    // Those that hold some of the set come before all others.
    expect(order([1, 1, 1, 1], [2, 3])).toEqual(['s4', 's3', 's2', 's1']);
  });

  test('only figures of one organisation count as breakdowns, be it by sector or by size', () => {
    const sized = [atom('a s1 S', 9), atom('b s1 S', 9)];
    const names = ['size=S', 'organisation=a;size=S'];
    expect(listFor(sized, names, { printed: names })).toEqual([
      ['organisation=a;size=S coarsely'],
      [],
      ['size=S coarsely'],
      [],
      ['organisation=a;size=S not'],
      ['size=S not'],
      [],
      [],
    ]);
  });
});
