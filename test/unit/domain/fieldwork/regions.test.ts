import { compareChanges, compareCodes } from '../../../../src/domain/fieldwork/merge-regions';
import {
  classifyChanges,
  findCodeAt,
  isRegionCode,
  type RegionGraph,
  type RegionLink,
} from '../../../../src/domain/fieldwork/region-codes';
import { listEvents, listOwnCodes } from '../../../../src/domain/fieldwork/region-history';
import { findPaths, findPredecessors, findSuccessors } from '../../../../src/domain/fieldwork/trace-regions';

const names: Readonly<Record<string, string>> = {
  '0220': 'Asker',
  '0627': 'Røyken',
  '0628': 'Hurum',
  '3025': 'Asker',
  '3203': 'Asker',
  '1613': 'Snillfjord',
  '5012': 'Snillfjord',
  '5013': 'Hitra',
  '5056': 'Hitra',
  '5059': 'Orkland',
  '5024': 'Orkdal',
  '1901': 'Harstad',
  '1915': 'Bjarkøy',
  '1903': 'Harstad',
  '0301': 'Oslo',
};

function link(changedOn: string, fromCode: string, toCode: string): RegionLink {
  return { changedOn, fromCode, fromName: names[fromCode] ?? fromCode, toCode, toName: names[toCode] ?? toCode };
}

function code(value: string, validFrom: string, validTo: string | null, name = names[value] ?? value) {
  return { code: value, name, validFrom, validTo };
}

/** Asker, Røyken and Hurum became Asker in 2020 and got a new number in 2024; Snillfjord was divided in 2020. */
const graph: RegionGraph = {
  codes: [
    code('0220', '1977-01-01', '2020-01-01'),
    code('0627', '1977-01-01', '2020-01-01'),
    code('0628', '1977-01-01', '2020-01-01'),
    code('3025', '2020-01-01', '2024-01-01'),
    code('3203', '2024-01-01', null),
    code('1613', '1977-01-01', '2018-01-01'),
    code('5012', '2018-01-01', '2020-01-01'),
    code('5013', '2018-01-01', '2020-01-01'),
    code('5024', '2018-01-01', '2020-01-01'),
    code('5056', '2020-01-01', null),
    code('5059', '2020-01-01', null),
    code('0301', '1977-01-01', '2021-01-01'),
    code('0301', '2021-01-01', null, 'Oslo - Oslove'),
  ],
  changes: [
    link('2024-01-01', '3025', '3203'),
    link('2020-01-01', '0220', '3025'),
    link('2020-01-01', '0627', '3025'),
    link('2020-01-01', '0628', '3025'),
    link('2018-01-01', '1613', '5012'),
    link('2020-01-01', '5012', '5056'),
    link('2020-01-01', '5012', '5059'),
    link('2020-01-01', '5013', '5056'),
    link('2020-01-01', '5024', '5059'),
    { ...link('2021-01-01', '0301', '0301'), toName: 'Oslo - Oslove' },
  ],
};

describe('codes of municipalities', () => {
  test('have four digits, those of counties two', () => {
    expect([isRegionCode('municipality', '0301'), isRegionCode('municipality', '03')]).toEqual([true, false]);
    expect([isRegionCode('county', '03'), isRegionCode('county', 'O3')]).toEqual([true, false]);
  });

  test('mean a place from their first day up to the day before they end', () => {
    expect(findCodeAt(graph.codes, { code: '3025', date: '2020-01-01' })?.name).toBe('Asker');
    expect(findCodeAt(graph.codes, { code: '3025', date: '2023-12-31' })?.name).toBe('Asker');
    expect(findCodeAt(graph.codes, { code: '3025', date: '2024-01-01' })).toBeNull();
    expect(findCodeAt(graph.codes, { code: '3025', date: '2019-12-31' })).toBeNull();
    expect(findCodeAt(graph.codes, { code: '0301', date: '2020-06-01' })?.name).toBe('Oslo');
    expect(findCodeAt(graph.codes, { code: '0301', date: '2026-11-22' })?.name).toBe('Oslo - Oslove');
  });
});

describe('changes of codes', () => {
  const kindOf = (from: string, to: string): string | undefined =>
    classifyChanges(graph).find(({ fromCode, toCode }) => fromCode === from && toCode === to)?.kind;

  test('are told apart: joined, divided, a new number, a new name', () => {
    expect([kindOf('0220', '3025'), kindOf('0628', '3025')]).toEqual(['merge', 'merge']);
    expect([kindOf('5012', '5056'), kindOf('5012', '5059'), kindOf('5013', '5056')]).toEqual([
      'split',
      'split',
      'merge',
    ]);
    expect([kindOf('3025', '3203'), kindOf('0301', '0301')]).toEqual(['code_change', 'rename']);
  });

  test('an area that takes in another one and keeps its number counts as part of the merger', () => {
    const kept: RegionGraph = {
      codes: [code('1903', '2000-01-01', null), code('1915', '2000-01-01', '2013-01-01')],
      changes: [link('2013-01-01', '1915', '1903')],
    };
    expect(classifyChanges(kept).map(({ kind }) => kind)).toEqual(['merge']);
    expect(findPredecessors(kept, { code: '1903', date: '2026-01-01' }, '2012-12-31')).toEqual(['1903', '1915']);
  });

  test('an area that gives a part away and keeps its number has itself among its successors', () => {
    const kept: RegionGraph = {
      codes: [code('0706', '2000-01-01', null), code('0707', '2017-01-01', null)],
      changes: [link('2017-01-01', '0706', '0707')],
    };
    expect(classifyChanges(kept).map(({ kind }) => kind)).toEqual(['split']);
    expect(findSuccessors(kept, { code: '0706', date: '2016-01-01' }, '2020-01-01')).toEqual(['0706', '0707']);
  });
});

describe('an area over time', () => {
  test('a merged area has all its predecessors, each of which has one successor', () => {
    const today = { code: '3203', date: '2026-11-22' };
    expect(findPredecessors(graph, today, '2021-06-01')).toEqual(['3025']);
    expect(findPredecessors(graph, today, '2019-12-31')).toEqual(['0220', '0627', '0628']);
    expect(findSuccessors(graph, { code: '0627', date: '2019-12-31' }, '2026-11-22')).toEqual(['3203']);
    expect(findSuccessors(graph, { code: '0627', date: '2019-12-31' }, '2019-12-31')).toEqual(['0627']);
  });

  test('a divided area has all its successors: none of them is picked', () => {
    expect(findSuccessors(graph, { code: '1613', date: '2017-06-01' }, '2026-11-22')).toEqual(['5056', '5059']);
    expect(findPredecessors(graph, { code: '5056', date: '2026-11-22' }, '2017-06-01')).toEqual(['1613', '5013']);
  });

  test('ways between days name every change on the way, and there is none between strangers', () => {
    const from = { code: '0220', date: '2019-01-01' };
    expect(
      findPaths(graph, from, { code: '3203', date: '2026-01-01' }).map((way) =>
        way.map(({ fromCode, toCode }) => `${fromCode}>${toCode}`),
      ),
    ).toEqual([['0220>3025', '3025>3203']]);
    expect(findPaths(graph, from, { code: '5056', date: '2026-01-01' })).toEqual([]);
    expect(findPaths(graph, from, { code: '0220', date: '2019-06-01' })).toEqual([[]]);
  });

  test('two ways from a divided area that was joined again are both told', () => {
    const diamond: RegionGraph = {
      codes: [],
      changes: [
        link('2010-01-01', '0001', '0002'),
        link('2010-01-01', '0001', '0003'),
        link('2015-01-01', '0002', '0004'),
        link('2015-01-01', '0003', '0004'),
      ],
    };
    const ways = findPaths(diamond, { code: '0001', date: '2000-01-01' }, { code: '0004', date: '2020-01-01' });
    expect(ways).toHaveLength(2);
  });

  test('own codes go back to a merger and no further, and across a new name', () => {
    const codesOf = (anchor: { code: string; date: string }) =>
      listOwnCodes(graph, anchor).map((own) => `${own.code} ${own.validFrom}`);
    expect(codesOf({ code: '3025', date: '2022-05-01' })).toEqual(['3203 2024-01-01', '3025 2020-01-01']);
    expect(codesOf({ code: '0220', date: '2016-05-01' })).toEqual(['0220 1977-01-01']);
    expect(codesOf({ code: '0301', date: '2022-05-01' })).toEqual(['0301 2021-01-01', '0301 1977-01-01']);
    expect(codesOf({ code: '5012', date: '2019-05-01' })).toEqual(['5012 2018-01-01', '1613 1977-01-01']);
    expect(codesOf({ code: '3203', date: '2019-05-01' })).toEqual([]);
  });

  test('events name everybody who took part, newest first, in both directions', () => {
    const tell = (anchor: { code: string; date: string }) =>
      listEvents(graph, anchor).map(
        ({ date, from, to }) =>
          `${date} ${from.map((each) => each.code).join('+')}>${to.map((each) => each.code).join('+')}`,
      );
    expect(tell({ code: '3203', date: '2026-11-22' })).toEqual([
      '2024-01-01 3025>3203',
      '2020-01-01 0220+0627+0628>3025',
    ]);
    expect(tell({ code: '0628', date: '2019-01-01' })).toEqual([
      '2024-01-01 3025>3203',
      '2020-01-01 0220+0627+0628>3025',
    ]);
    expect(tell({ code: '5012', date: '2019-01-01' })).toEqual([
      '2020-01-01 5012+5013+5024>5056+5059',
      '2018-01-01 1613>5012',
    ]);
  });
});

describe('an import of codes and changes', () => {
  const isKnown = { isStartKnown: true, isEndKnown: true };

  test('tells new, changed and unchanged codes apart', () => {
    const stored = [code('3025', '2020-01-01', null), code('3203', '2024-01-01', null)];
    const difference = compareCodes(stored, [
      { ...code('3025', '2020-01-01', '2024-01-01'), ...isKnown },
      { ...code('3203', '2024-01-01', null), ...isKnown },
      { ...code('0220', '1977-01-01', '2020-01-01'), ...isKnown },
    ]);
    expect(difference).toEqual({
      added: [code('0220', '1977-01-01', '2020-01-01')],
      changed: [{ before: stored[0], after: code('3025', '2020-01-01', '2024-01-01') }],
      unchanged: 1,
    });
  });

  test('a list of one day shortens no period that is known', () => {
    const stored = [code('3025', '2020-01-01', '2024-01-01')];
    const read = { ...code('3025', '2021-05-01', null), isStartKnown: false, isEndKnown: false };
    expect(compareCodes(stored, [read])).toEqual({ added: [], changed: [], unchanged: 1 });
    expect(compareCodes([], [read]).added).toEqual([code('3025', '2021-05-01', null)]);
  });

  test('two names of one code after each other are two periods', () => {
    const stored = [code('0301', '1977-01-01', '2021-01-01'), code('0301', '2021-01-01', null, 'Oslo - Oslove')];
    expect(
      compareCodes(
        stored,
        stored.map((each) => ({ ...each, ...isKnown })),
      ),
    ).toMatchObject({
      added: [],
      changed: [],
      unchanged: 2,
    });
  });

  test('a later neighbour turns a new number into a merger', () => {
    const stored = classifyChanges({ codes: [], changes: [link('2020-01-01', '0220', '3025')] });
    expect(stored[0]?.kind).toBe('code_change');
    const difference = compareChanges(stored, [link('2020-01-01', '0627', '3025')], []);
    expect(difference.added.map(({ fromCode, kind }) => [fromCode, kind])).toEqual([['0627', 'merge']]);
    expect(difference.changed.map(({ after }) => [after.fromCode, after.kind])).toEqual([['0220', 'merge']]);
  });
});
