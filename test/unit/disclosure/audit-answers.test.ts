import fc from 'fast-check';
import type { GroupKey } from '../../../src/domain/benchmark/types';
import { auditAnswers, type AuditInput } from '../../../src/domain/disclosure/audit-answers';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { printedPercent } from '../../../src/domain/disclosure/printed-share';
import { resolveGroups } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { attackByCounts } from '../../support/attacker/integer-counts';
import type { Knowledge } from '../../support/attacker/knowledge';
import { attackByBounds, withSolver } from '../../support/attacker/linear-bounds';
import { atom, groupsOf, maskInput, thresholdOnly } from '../../support/disclosure-networks';

const solver = withSolver();

interface Telling {
  readonly coarse: readonly GroupKey[];
  readonly refused: readonly GroupKey[];
}

/** Everything as it is. */
const asItIs: Telling = { coarse: [], refused: [] };

/** Audits published groups of an indicator; hidden ones are to be protected as well as cells. */
function audit(
  atoms: readonly Atom[],
  published: readonly GroupKey[],
  { hidden = [], ...changes }: Partial<AuditInput> & { readonly hidden?: readonly GroupKey[] } = {},
): Telling {
  const { coarse, refused } = auditAnswers({
    policy: defaultPolicy,
    sensitivity: 0,
    atoms,
    groups: groupsOf([...published, ...hidden]),
    published: new Set(published),
    coarse: new Set(),
    respondents: atoms.map(({ validCount }) => validCount),
    isAskedOfAll: true,
    followUps: [],
    ...changes,
  });
  return { coarse: [...coarse], refused: [...refused] };
}

/** Cells of a question with one option, and of one whose organisation is in peer groups. */
const one = (place: string, count: number, given: number): Atom => ({ ...atom(place, count), optionCounts: [given] });
const inPeers = (place: string, count: number, given: number, ...peers: string[]): Atom => {
  return { ...atom(place, count, given), peers };
};

describe('what is printed of one organisation', () => {
  /** 7 of 12 are printed as 58 %, 4 of 8 as 50 %: 3 of the 4 in the other cell. */
  const cells = [atom('a s1', 4, 3), atom('a s2', 8, 4)];
  const printed = ['organisation=a', 'organisation=a;sector=s2'];
  const second: Telling = { coarse: ['organisation=a;sector=s2'], refused: [] };

  test('is told less where a cell follows from it: a breakdown coarsely, when that is enough', () => {
    // 4 of 8 are printed as 60 % then, as 5 of 8 are.
    expect(audit(cells, printed)).toEqual(second);
  });

  test('stays as it is where no cell follows, and where nothing is printed or nobody answered', () => {
    expect(audit(cells, ['organisation=a'])).toEqual(asItIs);
    expect(audit(cells, [])).toEqual(asItIs);
    expect(audit([atom('a s1', 0)], printed)).toEqual(asItIs);
    expect(audit([], printed)).toEqual(asItIs);
    expect(
      audit(
        [one('a s1', 4, 3)].map((cell) => ({ ...cell, optionCounts: [] })),
        ['organisation=a'],
      ),
    ).toEqual(asItIs);
  });

  test('is coarse where it is coarse whatever is found', () => {
    expect(audit(cells, ['organisation=a'], { coarse: new Set(['organisation=a']) })).toEqual({
      coarse: ['organisation=a'],
      refused: [],
    });
  });

  test('is attacked for every option, also one that only the last of several has', () => {
    // Of the first option 0 of 4 are no secret, 3 of 4 of the last one are.
    const several = [
      { ...atom('a s1', 4), optionCounts: [0, 0, 3] },
      { ...atom('a s2', 8), optionCounts: [4, 4, 4] },
    ];
    const none = several.map((cell, at) => (at === 0 ? { ...cell, optionCounts: [0, 0, 0] } : cell));
    expect(audit(several, printed)).toEqual(second);
    expect(audit(none, printed)).toEqual(asItIs);
  });

  test('tells the count of a question with one option also when it is none', () => {
    // 4 of 12 are a third, 4 of 8 a half: none of 4. In steps of 20, 4 to 5 of 8 and 3.6 to 6 of 12.
    expect(audit([one('a s1', 4, 0), one('a s2', 8, 4)], printed)).toEqual({ coarse: ['organisation=a'], refused: [] });
  });

  test('tells a fact on which all agree, but not such an opinion', () => {
    const alike = [atom('a s1', 4, 4), atom('a s2', 8, 8)];
    expect(audit(alike, printed, { sensitivity: 0 })).toEqual(asItIs);
    expect(audit(alike, printed, { sensitivity: 1 })).toEqual({ coarse: ['organisation=a'], refused: [] });
  });

  test('is hidden where steps are not enough', () => {
    // 11 of 12, all of 4 and 7 of 8: in steps of 20 at least 10.8 of 12 and at most 7.2 of 8, so always all 4.
    const most = [atom('a s1', 4, 4), atom('a s2', 8, 7)];
    expect(audit(most, printed, { sensitivity: 1 })).toEqual({ coarse: [], refused: ['organisation=a;sector=s2'] });
  });

  test('takes the rest of the network with it when it is hidden', () => {
    const more = [atom('a s1', 4, 4), atom('a s2', 8, 7), atom('b s2', 20, 10)];
    expect(audit(more, [...printed, 'rest=a;sector=s2', 'rest=a'], { sensitivity: 1 }).refused).toEqual([
      'organisation=a;sector=s2',
      'rest=a;sector=s2',
    ]);
  });

  describe('protects a cell only where it is known how many answered in it:', () => {
    // The first cell, where nobody answered, is no part of what is attacked.
    const asked = [atom('x s1', 0), ...cells];
    const auditAsked = (respondents: readonly number[], hidden: readonly GroupKey[] = []): Telling =>
      audit(asked, printed, { isAskedOfAll: false, respondents, hidden });

    test('everybody of a published group did', () => {
      expect(auditAsked([9, 4, 8])).toEqual(second);
    });

    test('not where some of a published group did not, or were not asked', () => {
      expect(auditAsked([0, 5, 8])).toEqual(asItIs);
      expect(auditAsked([4, 5, 8])).toEqual(asItIs);
    });

    test('the cell is a hidden group', () => {
      expect(auditAsked([0, 5, 8], ['organisation=a;sector=s1'])).toEqual(second);
    });
  });

  test('is told less only as far as needed when several figures tell the same', () => {
    // 3 of 4: 13 of 21 less 5 of 8 and 5 of 9, and also 7 of 14 less 4 of 10. With 4 of 4 the total is the same when 4 of
    // 8 are printed as 5 of 8 are, and the sector as 8 of 14 are; coarse steps in the third cell do not help.
    const cell = [one('a s1', 4, 3), one('a s2', 8, 5), one('a s3', 9, 5), one('b s1', 10, 4)];
    const totals = ['sector=s1', 'organisation=a', 'organisation=b;sector=s1'];
    const breakdowns = ['organisation=a;sector=s2', 'organisation=a;sector=s3'];
    for (const own of [breakdowns, breakdowns.toReversed()]) {
      const { coarse, refused } = audit(cell, [...totals, ...own]);
      expect([coarse.toSorted(), refused]).toEqual([['organisation=a;sector=s2', 'sector=s1'], []]);
    }
  });

  test('is told less where that is missed least, when one of several is as good as another', () => {
    // The same with 6 of 9 in the third cell, which in steps of 20 are printed as 5 of 9 are.
    const cell = [one('a s1', 4, 3), one('a s2', 8, 5), one('a s3', 9, 6), one('b s1', 10, 4)];
    const printedLast = (key: GroupKey) => {
      const breakdowns = ['organisation=a;sector=s2', 'organisation=a;sector=s3'].filter((other) => other !== key);
      return audit(cell, [
        'sector=s1',
        'organisation=a',
        'organisation=b;sector=s1',
        ...breakdowns,
        key,
      ]).coarse.toSorted();
    };
    for (const key of ['organisation=a;sector=s2', 'organisation=a;sector=s3']) {
      expect(printedLast(key)).toEqual([key, 'sector=s1']);
    }
  });

  test('is told less of each organisation for itself', () => {
    const two = [...cells, atom('b s1', 5, 3), atom('b s2', 8, 4)];
    expect(
      audit(
        two,
        ['a', 'b'].flatMap((name) => [`organisation=${name}`, `organisation=${name};sector=s2`]),
      ),
    ).toEqual({
      coarse: ['organisation=a;sector=s2', 'organisation=b;sector=s2'],
      refused: [],
    });
  });

  describe('together with a follow-up question', () => {
    // 10 of 12 in steps of 20 may be 9; that 10 answered what only they were asked rules it out. All 8 in the other cell
    // did in steps of 20 as well.
    const answered = [atom('x s1', 0), atom('a s1', 4, 2), atom('a s2', 8, 8)];
    const coarse = new Set(['organisation=a']);
    const followUp = { valid: [0, 2, 8], isCounted: [false, true, true], published: new Set(['organisation=a']) };

    test('is hidden when the question’s base leaves only one count', () => {
      expect(audit(answered, printed, { coarse })).toEqual({ coarse: ['organisation=a'], refused: [] });
      expect(audit(answered, printed, { coarse, followUps: [followUp] })).toEqual({
        coarse: ['organisation=a'],
        refused: ['organisation=a;sector=s2'],
      });
    });

    test('stays when the base is not printed', () => {
      const followUps = [{ ...followUp, published: new Set<GroupKey>() }];
      expect(audit(answered, printed, { coarse, followUps })).toEqual({ coarse: ['organisation=a'], refused: [] });
    });
  });
});

describe('what is printed of several organisations', () => {
  test('is told less where a small group follows that no organisation has alone', () => {
    // 12 of 24 less 9 of 20: 3 of the 4 in the other sector, of two organisations.
    const cells = [atom('a s1', 2, 1), atom('b s1', 2, 2), atom('a s2', 10, 4), atom('b s2', 10, 5)];
    const printed = ['network', 'sector=s2'];
    expect(audit(cells, printed, { hidden: ['sector=s1'] })).toEqual({ coarse: ['sector=s2'], refused: [] });
    expect(audit(cells, printed)).toEqual(asItIs);
  });

  test('is told less of those whom it gives away before others', () => {
    // 2 and 2 in the first sector: 5 of 12 less 4 of 10 in a, and 6 of 12 less 5 of 10 in b, whose cell is the only large
    // one besides those of c.
    const cells = [atom('a s1 S', 2, 1), atom('a s2 S', 10, 4), atom('b s1 L', 2, 1), atom('c s2 L', 10, 5)];
    const printed = ['organisation=a', 'organisation=c', 'size=L', 'organisation=a;sector=s2'];
    const changes = { hidden: ['sector=s1'], isAskedOfAll: false, respondents: [3, 11, 3, 11] };
    expect(audit(cells, printed, changes)).toEqual({ coarse: ['organisation=a;sector=s2'], refused: [] });
  });

  test('is printed coarsely before any of it is hidden', () => {
    // 11 of 12 in x and y together, 7 of 8 in y: all 4 in x. As within one organisation, steps are not enough.
    const cells = [atom('x s1', 4, 4), atom('y s1', 8, 7), atom('z s1', 30, 11)];
    expect(audit(cells, ['organisation=y', 'rest=z'], { hidden: ['organisation=x'], sensitivity: 1 })).toEqual({
      coarse: ['organisation=y', 'rest=z'],
      refused: ['organisation=y'],
    });
  });
});

describe('peer groups', () => {
  const cells = [
    inPeers('a s1', 10, 5, 'p'),
    inPeers('b s1', 12, 6, 'p'),
    inPeers('c s1', 9, 4),
    inPeers('d s1', 4, 2, 'p'),
  ];
  const plain = ['organisation=a', 'organisation=b', 'organisation=c'];
  const hidden = ['organisation=d'];

  test('are told less where something follows from them, and nothing else is for their sake', () => {
    // 13 of 26 less 5 of 10 and 6 of 12: 2 of 4.
    expect(audit(cells, plain, { hidden })).toEqual(asItIs);
    expect(audit(cells, [...plain, 'peers=p'], { hidden })).toEqual({ coarse: ['peers=p'], refused: [] });
    expect(audit(cells, plain, { hidden: [...hidden, 'peers=p'] })).toEqual(asItIs);
  });

  test('are told less with the others in them', () => {
    const all = ['peers=p', 'peers=p;rest=a', 'peers=p;rest=c'];
    const { coarse, refused } = audit(cells, [...plain, ...all], { hidden });
    expect([coarse.toSorted(), refused]).toEqual([all, []]);
  });

  test('are printed as groups of the same respondents are', () => {
    const two = [inPeers('a s1', 10, 5, 'q'), inPeers('z s1', 30, 11, 'r')];
    const printed = ['organisation=a', 'organisation=z', 'peers=q', 'peers=r'];
    expect(audit(two, printed, { coarse: new Set(['organisation=a']) })).toEqual({
      coarse: ['organisation=a', 'peers=q'],
      refused: [],
    });
  });

  test('are of the same respondents, too, when nobody answered in their other members', () => {
    const cellsOfTwo = [inPeers('e s1', 0, 0, 'q'), inPeers('a s1', 10, 5, 'q'), inPeers('z s1', 30, 11)];
    const coarse = new Set(['organisation=a']);
    // The rest of z is the same as well, but settled already.
    expect(audit(cellsOfTwo, ['organisation=a', 'rest=z', 'peers=q'], { coarse })).toEqual({
      coarse: ['organisation=a', 'peers=q'],
      refused: [],
    });
  });

  test('stay where one of the groups of the same respondents stays', () => {
    // The rest of a is hidden with a's cell; the same of b is not, and b is alone in the peer group.
    const more = [inPeers('a s1', 4, 4), inPeers('a s2', 8, 7), inPeers('b s2', 20, 10, 'q')];
    const printed = [
      'organisation=a',
      'rest=a;sector=s2',
      'organisation=b;sector=s2',
      'peers=q',
      'organisation=a;sector=s2',
    ];
    expect(audit(more, printed, { sensitivity: 1 })).toEqual({
      coarse: [],
      refused: ['rest=a;sector=s2', 'organisation=a;sector=s2'],
    });
  });

  test('are given up from the last when nothing near a cell may be told less', () => {
    // The base of the question is printed for the peer group of a alone, whose figures are those of a.
    const near = [
      inPeers('a s1', 4, 2, 'q'),
      inPeers('a s2', 8, 8, 'q'),
      inPeers('b s1', 20, 9, 'y', 'z'),
      inPeers('c s1', 25, 11, 'y'),
      inPeers('d s1', 30, 14, 'z'),
    ];
    const followUp = { valid: [2, 8, 0, 0, 0], isCounted: near.map(() => true), published: new Set(['peers=q']) };
    const printed = ['organisation=a', 'organisation=a;sector=s2', 'organisation=b', 'peers=q', 'peers=y', 'peers=z'];
    const coarse = new Set(['organisation=a']);
    const { refused } = audit(near, printed, { coarse, followUps: [followUp] });
    expect(refused).toEqual(['peers=y', 'peers=z']);
    expect(audit(near, printed, { coarse }).refused).toEqual([]);
  });

  test('are hidden with groups of the same respondents', () => {
    const three = [inPeers('x s1', 4, 4), inPeers('y s1', 8, 7, 'q'), inPeers('z s1', 30, 11)];
    const changes = { hidden: ['organisation=x'], sensitivity: 1 } as const;
    expect(audit(three, ['organisation=y', 'rest=z', 'peers=q'], changes)).toEqual({
      coarse: ['organisation=y', 'rest=z', 'peers=q'],
      refused: ['organisation=y', 'peers=q'],
    });
  });
});

/** What somebody reads who knows who answered and every weight. */
function read(
  { atoms, groups, published, policy, sensitivity, respondents, isAskedOfAll }: AuditInput,
  { coarse, refused }: ReturnType<typeof auditAnswers>,
): Knowledge {
  const shown = resolveGroups(groups, atoms).filter(({ group }) => published.has(group.key) && !refused.has(group.key));
  const figures = shown.flatMap(({ group: { key }, count, optionCounts }) =>
    optionCounts.map((given, option) => {
      const isCoarse = coarse.has(key);
      return {
        indicator: 'i',
        option: `${option}`,
        group: key,
        n: count,
        percent: printedPercent(given / count, count, isCoarse),
        isCoarse,
      };
    }),
  );
  return {
    k: policy.minimumCellSize,
    strata: atoms.map(({ organisation, sector, size }, at) => ({
      organisation,
      sector,
      size,
      respondents: respondents[at]!,
      weight: 1,
    })),
    questions: [{ indicator: 'i', options: ['0', '1'], isOpinion: sensitivity === 1, isAskedOfAll }],
    figures,
    contributors: { i: atoms.map(({ organisation }) => organisation) },
    valid: { i: atoms.map(({ validCount }) => validCount) },
  };
}

/** Two organisations with two sectors, a few answers in each. */
const small = fc
  .array(fc.record({ count: fc.integer({ min: 1, max: 9 }), given: fc.nat({ max: 9 }) }), {
    minLength: 4,
    maxLength: 4,
  })
  .map((cells) => cells.map(({ count, given }, at) => atom(`${'aabb'[at]} s${at % 2}`, count, given % (count + 1))));

test('an attacker who tries counts and linear bounds finds much in what a threshold leaves, and nothing after it', () => {
  let before = 0;
  const attack = (knowledge: Knowledge, groups: readonly GroupKey[]) => [
    ...attackByCounts(knowledge),
    ...attackByBounds(solver(), knowledge, groups),
  ];
  fc.assert(
    fc.property(small, fc.constantFrom(0 as const, 1 as const), (atoms, sensitivity) => {
      const mask = maskInput(atoms, { sensitivity });
      const input = {
        ...mask,
        published: new Set(thresholdOnly(mask)),
        coarse: new Set<GroupKey>(),
        respondents: atoms.map(({ validCount }) => validCount),
        isAskedOfAll: true,
        followUps: [],
      };
      const keys = mask.groups.map(({ key }) => key);
      before += attack(read(input, { coarse: new Set(), refused: new Set() }), keys).length;
      expect(attack(read(input, auditAnswers(input)), keys)).toEqual([]);
    }),
    { numRuns: 15, seed: 4 },
  );
  expect(before).toBeGreaterThan(40);
});
