import {
  listAuditBlocks,
  type AcrossGroup,
  type AuditBlock,
  type BlockInput,
} from '../../../src/domain/disclosure/audit-block';
import type { GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { atom, setsOf } from '../../support/disclosure-networks';

interface Network {
  readonly atoms: readonly Atom[];
  readonly printed: readonly string[];
  readonly hidden?: readonly string[];
}

/** The blocks of a network where k is 7 and, unless said otherwise, everybody in every cell was asked. */
function divide({ atoms, printed, hidden = [] }: Network, changes: Partial<BlockInput> = {}): readonly AuditBlock[] {
  return listAuditBlocks({
    atoms,
    sets: setsOf(atoms, [...printed, ...hidden]),
    published: new Set(printed),
    minimumCellSize: 7,
    isCountKnown: () => true,
    ...changes,
  });
}

const keysOf = (sets: readonly GroupSet[]): readonly string[] => sets.map(({ group }) => group.key);
const keyOf = (set: GroupSet | null): string | null => set?.group.key ?? null;

/** What a block protects: cells, answers, and whether it is known how many there are. */
function listTargets({ targets }: AuditBlock) {
  return targets.map(({ columns, count, isCountKnown }) => [columns, count, isCountKnown]);
}

/** Totals as seen from one organisation. */
function readAcross(across: readonly AcrossGroup[]) {
  return across.map(({ whole, inside, own, rest, others }) => ({
    whole: whole.group.key,
    inside,
    own: keyOf(own),
    rest: keyOf(rest),
    others: others.map(({ printed, weight }) => [keyOf(printed), weight]),
  }));
}

describe('what is protected in an organisation', () => {
  const atoms = [atom('asker health', 6), atom('asker school', 20), atom('lier health', 7), atom('lier school', 30)];
  const printed = ['organisation=asker', 'organisation=lier'];
  const smallCell = { columns: [0, 1], targets: [[[0], 6, true]] };
  const look = (network: Network, changes: Partial<BlockInput> = {}) =>
    divide(network, changes).map((block) => ({ columns: block.columns, targets: listTargets(block) }));

  it('is every cell of fewer than k answers; an organisation without any is not looked at', () => {
    expect(look({ atoms, printed })).toEqual([smallCell]);
    expect(look({ atoms, printed }, { minimumCellSize: 8 })).toEqual([
      smallCell,
      { columns: [2, 3], targets: [[[2], 7, true]] },
    ]);
  });

  it('is not a cell of which nobody knows how many answered', () => {
    expect(look({ atoms, printed }, { isCountKnown: (column) => column !== 0 })).toEqual([]);
  });

  it('is every hidden group of fewer than k, and how many they are is known', () => {
    const hidden = ['organisation=asker;sector=health', 'organisation=lier;sector=health'];
    expect(look({ atoms, printed, hidden }, { isCountKnown: () => false })).toEqual([smallCell]);
    expect(look({ atoms, printed, hidden })).toEqual([smallCell]);
  });

  it('is not a group that is printed, nor one in which nobody answered', () => {
    const shown = [...printed, 'organisation=asker;sector=health'];
    const hidden = ['organisation=asker;sector=care'];
    expect(look({ atoms, printed: shown, hidden }, { isCountKnown: () => false })).toEqual([]);
  });

  it('is a hidden group of several cells as well as each of them', () => {
    const sizes = [atom('asker health S', 2), atom('asker health M', 3), atom('asker school S', 20)];
    const hidden = ['organisation=asker;sector=health'];
    expect(look({ atoms: sizes, printed, hidden })).toEqual([
      {
        columns: [0, 1, 2],
        targets: [
          [[0], 2, true],
          [[1], 3, true],
          [[0, 1], 5, true],
        ],
      },
    ]);
  });

  it('is nothing of another organisation', () => {
    const hidden = ['organisation=lier;sector=health'];
    const known = { minimumCellSize: 8, isCountKnown: (column: number) => column < 2 };
    expect(look({ atoms, printed, hidden }, known)).toEqual([
      smallCell,
      { columns: [2, 3], targets: [[[2], 7, true]] },
    ]);
  });
});

describe('small groups of several organisations', () => {
  const atoms = [atom('asker health', 10), atom('lier care', 3), atom('moss care', 3), atom('lier health', 10)];
  const printed = ['network', 'organisation=lier', 'sector=health'];

  it('that are hidden are protected in a block of the whole network, against all that is printed', () => {
    const blocks = divide({ atoms, printed, hidden: ['sector=care'] }, { isCountKnown: () => false });
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({ columns: [0, 1, 2, 3], across: [], few: [] });
    expect(keysOf(blocks[0]!.printed)).toEqual(printed);
    expect(listTargets(blocks[0]!)).toEqual([[[1, 2], 6, false]]);
  });

  it('come after the blocks of the organisations', () => {
    const blocks = divide({ atoms, printed, hidden: ['sector=care'] });
    expect(blocks.map(({ columns }) => columns)).toEqual([[1, 3], [2], [0, 1, 2, 3]]);
  });

  it('need no protection when they are printed, hold k answers, or none', () => {
    const isCountKnown = () => false;
    expect(divide({ atoms, printed: [...printed, 'sector=care'] }, { isCountKnown })).toEqual([]);
    expect(divide({ atoms, printed, hidden: ['sector=care'] }, { isCountKnown, minimumCellSize: 6 })).toEqual([]);
    expect(divide({ atoms, printed, hidden: ['sector=school'] }, { isCountKnown })).toEqual([]);
  });
});

describe('what is printed within an organisation', () => {
  const atoms = [atom('asker health', 6), atom('lier health', 5), atom('asker school', 50)];

  it('stands in its block, totals beyond it do not', () => {
    const own = ['organisation=asker', 'organisation=asker;sector=school'];
    const printed = [...own, 'organisation=lier', 'network', 'sector=health'];
    const blocks = divide({ atoms, printed, hidden: ['organisation=asker;sector=health'] });
    expect(blocks.map((block) => keysOf(block.printed))).toEqual([own, ['organisation=lier']]);
  });

  it('may be a total of the network that holds nobody else', () => {
    const [asker] = divide({ atoms, printed: ['network', 'sector=school', 'rest=lier'] });
    expect(keysOf(asker!.printed)).toEqual(['sector=school', 'rest=lier']);
  });
});

describe('totals of so few answers that their per cent alone may tell counts', () => {
  const atoms = [atom('asker health', 6), atom('lier health', 53), atom('lier school', 5), atom('moss school', 55)];
  const few = (network: Network) => divide(network).map((block) => keysOf(block.few));

  it('are those of fewer than 60 answers', () => {
    expect(few({ atoms, printed: ['sector=health', 'sector=school', 'network'] })).toEqual([
      ['sector=health'],
      ['sector=health'],
    ]);
  });

  it('count for the organisations that they hold some of, and are never of one organisation', () => {
    const more = [...atoms, atom('moss care', 6), atom('asker care', 9)];
    const printed = ['organisation=asker', 'organisation=moss;sector=care', 'sector=health', 'sector=care'];
    expect(few({ atoms: more, printed })).toEqual([
      ['sector=health', 'sector=care'],
      ['sector=health'],
      ['sector=care'],
    ]);
  });

  it('are not those that are hidden', () => {
    expect(few({ atoms, printed: ['network'], hidden: ['sector=health'] })).toEqual([[], []]);
  });
});

describe('a total, seen from one organisation', () => {
  /** Asker weighs 4 + 20, Bamle 2 * 12 in health and 10 in school, Lier 3 * 30. */
  const atoms = [
    atom('asker health', 4),
    atom('asker school', 20),
    { ...atom('bamle health', 12), weight: 2 },
    atom('bamle school', 10),
    { ...atom('lier health', 30), weight: 3 },
  ];
  const seen = (network: Network, columns: readonly number[]) =>
    readAcross(divide(network).find((block) => block.columns.join() === columns.join())!.across);

  it('leaves for it what the others do not hold', () => {
    const printed = ['network', 'organisation=asker', 'organisation=bamle', 'rest=asker'];
    expect(seen({ atoms, printed, hidden: ['organisation=lier'] }, [0, 1])).toEqual([
      {
        whole: 'network',
        inside: [0, 1],
        own: 'organisation=asker',
        rest: 'rest=asker',
        others: [
          ['organisation=bamle', 34],
          [null, 90],
        ],
      },
    ]);
  });

  it('is looked at category by category', () => {
    const printed = ['network', 'sector=health', 'rest=asker;sector=health', 'organisation=lier;sector=health'];
    expect(seen({ atoms, printed }, [0, 1])).toEqual([
      {
        whole: 'network',
        inside: [0, 1],
        own: null,
        rest: null,
        others: [
          [null, 34],
          [null, 90],
        ],
      },
      {
        whole: 'sector=health',
        inside: [0],
        own: null,
        rest: 'rest=asker;sector=health',
        others: [
          [null, 24],
          ['organisation=lier;sector=health', 90],
        ],
      },
    ]);
  });

  it('tells sizes apart as it does sectors', () => {
    const sized = [atom('asker health S', 4), atom('lier health S', 20), atom('lier health M', 20)];
    const printed = ['size=S', 'organisation=lier;size=S', 'organisation=lier;size=M', 'organisation=lier'];
    expect(seen({ atoms: sized, printed }, [0])).toEqual([
      { whole: 'size=S', inside: [0], own: null, rest: null, others: [['organisation=lier;size=S', 20]] },
    ]);
  });

  it('is left out when it holds nothing of it, or nothing else', () => {
    const printed = ['sector=health', 'sector=school', 'sector=care'];
    const more = [atom('asker health', 4), atom('asker care', 20), atom('lier school', 30), atom('moss school', 5)];
    expect(seen({ atoms: more, printed }, [0, 1])).toEqual([]);
  });

  it('is seen without each of the others as well', () => {
    const printed = ['network', 'organisation=lier', 'rest=bamle'];
    expect(seen({ atoms, printed }, [0, 1]).slice(1)).toEqual([
      { whole: 'rest=bamle', inside: [0, 1], own: null, rest: null, others: [['organisation=lier', 90]] },
    ]);
  });

  it.each([
    [5, 6],
    [6, 1],
  ])('with %i others, gives %i limits', (others, limits) => {
    const names = Array.from({ length: others }, (_, at) => `o${at}`);
    const many = [atom('asker health', 4), ...names.map((name) => atom(`${name} health`, 20))];
    const printed = ['network', ...names.map((name) => `rest=${name}`)];
    expect(seen({ atoms: many, printed }, [0])).toHaveLength(limits);
  });
});

describe('peer groups', () => {
  const place = (organisation: string, count: number, ...peers: readonly string[]): Atom => {
    return { ...atom(`${organisation} health`, count), peers };
  };
  /** Asker is in a peer group with Bamle and Lier, those two in one of their own, Moss with Lier in another. */
  const atoms = [
    place('asker', 4, 'large'),
    place('bamle', 10, 'large', 'small'),
    { ...place('lier', 20, 'large', 'small', 'south'), weight: 2 },
    place('moss', 30, 'south'),
  ];
  const seen = (printed: readonly string[]) => readAcross(divide({ atoms, printed })[0]!.across);

  it('of others stand in their place in a total', () => {
    const printed = [
      'network',
      'organisation=asker',
      'organisation=lier',
      'organisation=moss',
      'peers=small',
      'rest=asker',
    ];
    const own = 'organisation=asker';
    expect(seen(printed)).toEqual([
      {
        whole: 'network',
        inside: [0],
        own,
        rest: 'rest=asker',
        others: [
          [null, 10],
          ['organisation=lier', 40],
          ['organisation=moss', 30],
        ],
      },
      {
        whole: 'network',
        inside: [0],
        own,
        rest: null,
        others: [
          ['peers=small', 50],
          ['organisation=moss', 30],
        ],
      },
    ]);
  });

  it('are totals themselves, with their own rest and the peer groups within them', () => {
    const printed = ['peers=large', 'peers=small', 'peers=south', 'peers=large;rest=asker', 'peers=large;rest=lier'];
    const large = { whole: 'peers=large', inside: [0], own: null };
    expect(seen([...printed, 'rest=asker', 'organisation=bamle'])).toEqual([
      {
        ...large,
        rest: 'peers=large;rest=asker',
        others: [
          ['organisation=bamle', 10],
          [null, 40],
        ],
      },
      { ...large, rest: null, others: [['peers=small', 50]] },
      { ...large, whole: 'peers=large;rest=lier', rest: null, others: [['organisation=bamle', 10]] },
    ]);
  });

  it('do not stand for a category of which they hold more than is in it', () => {
    const printed = ['sector=health', 'peers=small', 'organisation=moss;sector=health'];
    expect(seen(printed).map(({ others }) => others)).toEqual([
      [
        [null, 10],
        [null, 40],
        ['organisation=moss;sector=health', 30],
      ],
    ]);
  });

  it('of the organisation itself, or without one of them, do not stand in their place', () => {
    const wholes = seen(['network', 'peers=large', 'peers=south;rest=moss']).map(({ whole }) => whole);
    expect(wholes).toEqual(['network', 'peers=large']);
  });
});
