import fc from 'fast-check';
import { isMember } from '../../../../src/domain/benchmark/groups';
import { sumCounts, toDispositions, type BoardCell } from '../../../../src/domain/fieldwork/board/counts';
import { countByDay, listDays } from '../../../../src/domain/fieldwork/board/days';
import { cellsOfGroup, listBoardGroups } from '../../../../src/domain/fieldwork/board/groups';
import { countOutcomes } from '../../../../src/domain/fieldwork/board/outcomes';
import { createClosedRow, createOpenRows } from '../../../../src/domain/fieldwork/board/rows';
import { sectors, sizes } from '../../../../src/domain/fieldwork/types';
import { responseRates } from '../../../../src/domain/statistics/response-rates';
import { findDerivable } from '../../../support/attacker/span';

const k = 7;
const none = {
  mailed: 0,
  opened: 0,
  started: 0,
  answered: 0,
  refused: 0,
  notContacted: 0,
  other: 0,
  undeliverable: 0,
  ineligible: 0,
};

function cell(place: string, invited: number, counts: Partial<BoardCell> = {}): BoardCell {
  const [organisation = '', sector, size] = place.split(' ');
  return {
    ...none,
    organisation,
    sector: sectors.find((each) => each === sector) ?? 'health',
    size: sizes.find((each) => each === size) ?? 'M',
    invited,
    invitedUnits: invited,
    ...counts,
  };
}

/** Frames with many small cells, of two to five organisations. */
const frames = fc
  .record({
    organisations: fc.integer({ min: 2, max: 5 }),
    sectorCount: fc.integer({ min: 1, max: 3 }),
    sizeCount: fc.integer({ min: 1, max: 3 }),
    counts: fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 45,
      maxLength: 45,
    }),
  })
  .map(({ organisations, sectorCount, sizeCount, counts }) =>
    Array.from({ length: organisations }, (_, o) =>
      sectors
        .slice(0, sectorCount)
        .flatMap((sector, s) =>
          sizes.slice(0, sizeCount).map((size, z) => cell(`o${o} ${sector} ${size}`, counts[o * 9 + s * 3 + z] ?? 0)),
        ),
    )
      .flat()
      .filter(({ invited }) => invited > 0),
  );

describe('which groups a board shows', () => {
  it('are large enough, and no smaller set of invitations follows from them by adding and subtracting', () => {
    fc.assert(
      fc.property(frames, (cells) => {
        const groups = listBoardGroups(cells, k);
        const atoms = cells.map(({ organisation, sector, size, invitedUnits }) => {
          return { organisation, sector, size, validCount: invitedUnits, optionCounts: [] };
        });
        const rows = groups.map((group) => {
          const own = cellsOfGroup(cells, groups, group);
          return cells.flatMap((each, column) => (own.includes(each) ? [column] : []));
        });
        const isSmall = (columns: readonly number[]): boolean =>
          columns.reduce((sum, column) => sum + (atoms[column]?.validCount ?? 0), 0) < k;
        for (const row of rows) expect(isSmall(row)).toBe(false);
        expect(findDerivable(rows, atoms, { isForbidden: isSmall, canGrow: isSmall })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('a lone small sector of an organisation takes another one with it', () => {
    const cells = [
      ...['asker', 'lier'].flatMap((name) => [cell(`${name} health M`, 20), cell(`${name} education M`, 20)]),
      cell('asker culture M', 3),
      cell('lier culture M', 30),
    ];
    const keys = listBoardGroups(cells, k).map(({ key }) => key);
    const hidden = ['health', 'education', 'culture'].filter(
      (sector) => !keys.includes(`organisation=asker;sector=${sector}`),
    );
    expect(hidden).toHaveLength(2);
    expect(hidden).toContain('culture');
    expect(keys).toEqual(expect.arrayContaining(['network', 'organisation=asker', 'organisation=lier']));
  });

  it('an organisation below k is in no total, and the total is the sum of those shown', () => {
    const cells = [cell('asker health M', 20), cell('lier health M', 20), cell('viken health M', 6)];
    const groups = listBoardGroups(cells, k);
    expect(
      groups
        .filter((group) => isMember(group, { organisation: 'viken', sector: 'x', size: 'x' }))
        .map(({ key }) => key),
    ).toEqual(['network']);
    const [network] = createOpenRows(cells, groups);
    expect(network?.counts.invited).toBe(40);
  });

  it('does not depend on what has happened since the wave opened', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(30), { minLength: 45, maxLength: 45 }), (cells, changes) => {
        const later = cells.map((each, index) => ({
          ...each,
          answered: changes[index] ?? 0,
          invited: each.invited + 1,
        }));
        expect(listBoardGroups(later, k)).toEqual(listBoardGroups(cells, k));
      }),
      { numRuns: 50 },
    );
  });

  it('nothing is shown of a network without any large organisation', () => {
    expect(listBoardGroups([cell('asker health M', 6), cell('lier health M', 6)], k)).toEqual([]);
  });
});

describe('response rates of a board', () => {
  it('while the wave is open whoever has not answered counts as not contacted', () => {
    const counts = { ...none, invited: 40, answered: 10, refused: 2, undeliverable: 3, ineligible: 5 };
    expect(toDispositions(counts, null)).toEqual({ I: 10, P: 0, R: 2, NC: 20, O: 0, UE: 3, NE: 5 });
    expect(responseRates(toDispositions(counts, null)).rr2).toBe(10 / 35);
  });

  it('at closing complete and partial responses are told apart, and what was taken back is a refusal', () => {
    const cells = [
      cell('asker health M', 30, { answered: 12, refused: 3, notContacted: 13, ineligible: 2 }),
      cell('asker education M', 20, { answered: 8, notContacted: 12 }),
    ];
    const kept = new Map([['asker', { complete: 14, partial: 5 }]]);
    const outcomes = countOutcomes(cells, listBoardGroups(cells, k), kept);
    const whole = outcomes.find(
      ({ organisation, sector, size }) => organisation === 'asker' && sector === null && size === null,
    );
    expect(whole).toMatchObject({
      invited: 50,
      answered: 19,
      complete: 14,
      partial: 5,
      refused: 4,
      notContacted: 25,
      ineligible: 2,
    });
    const { rates } = createClosedRow(whole!);
    expect(rates).toMatchObject({ rr1: 14 / 48, rr2: 19 / 48, rr5: 14 / 48, rr6: 19 / 48 });
    const health = outcomes.find(({ organisation, sector }) => organisation === 'asker' && sector === 'health');
    expect(health).toMatchObject({ answered: 12, complete: null, partial: null });
    for (const one of outcomes) {
      expect(one.answered + one.refused + one.notContacted + one.other + one.undeliverable + one.ineligible).toBe(
        one.invited,
      );
    }
  });

  it('sums are taken over every count', () => {
    const first = cell('a health M', 4, { mailed: 3, opened: 2, started: 2, answered: 1 });
    expect(sumCounts([first, first])).toEqual({ ...none, invited: 8, mailed: 6, opened: 4, started: 4, answered: 2 });
  });
});

describe('days of fieldwork', () => {
  const counts = [
    { day: '2026-11-02', answered: 3 },
    { day: '2026-11-04', answered: 2 },
  ];

  it('are all listed, with what had come in at the end of each', () => {
    expect(
      listDays(counts, '2026-11-01', '2026-11-05').map(({ number, day, cumulative }) => [number, day, cumulative]),
    ).toEqual([
      [1, '2026-11-01', 0],
      [2, '2026-11-02', 3],
      [3, '2026-11-03', 3],
      [4, '2026-11-04', 5],
      [5, '2026-11-05', 5],
    ]);
    expect(listDays(counts, '2026-11-01', '2030-11-05').length).toBeLessThan(500);
  });

  it('the same day of another wave is counted from its own opening', () => {
    expect(countByDay(counts, '2026-11-01', 1)).toBe(0);
    expect(countByDay(counts, '2026-11-01', 2)).toBe(3);
    expect(countByDay(counts, '2026-11-01', 30)).toBe(5);
    expect(countByDay(counts.slice(1), '2026-11-01', 30)).toBeNull();
  });
});
