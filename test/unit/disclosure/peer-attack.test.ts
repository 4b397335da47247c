import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { computeEditions, type ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { codebookSchema } from '../../../src/domain/instrument/codebook';
import { readRelease } from '../../support/attacker/attacked-release';
import { attackByDifferences } from '../../support/attacker/differences';
import { attackByCounts } from '../../support/attacker/integer-counts';
import { strataOf, type Knowledge } from '../../support/attacker/knowledge';
import { withSolver } from '../../support/attacker/linear-bounds';
import { attackBounds, findFollowUps } from '../../support/harvest/attack';
import { generateWaves } from '../../support/harvest/generated-waves';
import { attackByUnions } from '../../support/harvest/unions';

const codebook = codebookSchema.parse(
  JSON.parse(readFileSync(join(__dirname, '../../support/instruments/example/codebook.json'), 'utf8')),
);
const organisations = ['a', 'b', 'c', 'd', 'e'];
const waves = generateWaves(codebook, { hasPeers: true, organisations });
/** Making a release of a leaking wave smaller takes minutes; the wave itself says enough. */
const attempts = { numRuns: 12, seed: 31, endOnFailure: true };

jest.setTimeout(600_000);

const solver = withSolver();

function attack(input: ReleaseInput, knowledge: Knowledge): readonly unknown[] {
  return [
    ...attackByDifferences(knowledge.figures, knowledge.k),
    ...attackByUnions(knowledge),
    ...attackByCounts(knowledge),
    ...attackBounds(solver(), knowledge, findFollowUps(input)),
  ];
}

describe('an attacker who knows who answered and every weight', () => {
  it('finds nothing in what is printed of peer groups that overlap', () => {
    let shown = 0;
    fc.assert(
      fc.property(waves, ({ input }) => {
        const knowledge = readRelease(input);
        shown += knowledge.figures.filter(({ group }) => group.startsWith('peers=')).length;
        expect(attack(input, knowledge)).toEqual([]);
      }),
      attempts,
    );
    expect(shown).toBeGreaterThan(50);
  });

  it('finds what peer groups would tell if they were printed by the threshold alone, in whole per cent', () => {
    const found = fc.sample(waves, { numRuns: 12, seed: 5 }).filter(({ input }) => {
      const knowledge = readRelease(input);
      const leaking = { ...knowledge, figures: [...knowledge.figures, ...printPeers(input, knowledge)] };
      return attack(input, leaking).length > 0;
    });
    expect(found.length).toBeGreaterThan(2);
  });
});

/** Figures of every peer group with k answers that is not printed, or not in whole per cent. */
function printPeers({ tally, peers = [] }: ReleaseInput, knowledge: Knowledge): Knowledge['figures'] {
  const groups = peers.flatMap(({ code, members }) => [
    `peers=${code}`,
    ...members.map((one) => `peers=${code};rest=${one}`),
  ]);
  return tally.indicators.flatMap(({ indicator, valid, yes }) =>
    groups.flatMap((group) => {
      const columns = strataOf(knowledge, indicator.id, group);
      const n = columns.reduce((sum, column) => sum + valid[column]!, 0);
      if (n < knowledge.k) return [];
      const weigh = (counts: ArrayLike<number>): number =>
        columns.reduce((sum, column) => sum + knowledge.strata[column]!.weight * counts[column]!, 0);
      return indicator.options.map(({ id }, at) => ({
        indicator: indicator.id,
        option: id,
        group,
        n,
        percent: Math.round((100 * weigh(yes[at]!)) / weigh(valid)),
        isCoarse: false,
      }));
    }),
  );
}

/** What a release has apart from peer groups. */
function leaveOutPeers({ network, public: published }: ReturnType<typeof computeEditions>): unknown {
  return [network, published?.figures].map((figures) => ({
    estimates: figures?.estimates.filter(({ group }) => !group.startsWith('peers=')),
    comparisons: figures?.comparisons.filter(({ kind }) => kind !== 'peers'),
    hidden: figures?.hidden.filter(({ group }) => !group.startsWith('peers=')),
  }));
}

test('nothing else is coarser or hidden, or differs at all, for the sake of peer groups', () => {
  const attempted = { numRuns: 25, seed: 41, endOnFailure: true };
  fc.assert(
    fc.property(waves, ({ input, isOpen }) => {
      const { peers = [], ...without } = input;
      const publicCellSize = isOpen ? 10 : null;
      expect(peers.length).toBeGreaterThan(0);
      expect(leaveOutPeers(computeEditions(input, publicCellSize))).toEqual(
        leaveOutPeers(computeEditions(without, publicCellSize)),
      );
    }),
    attempted,
  );
});

test('a release without peer groups is the same to the last byte, whether they are left out or none', () => {
  for (const { input, isOpen } of fc.sample(generateWaves(codebook, { organisations }), { numRuns: 5, seed: 2 })) {
    const publicCellSize = isOpen ? 10 : null;
    const none = computeEditions({ ...input, peers: [] }, publicCellSize);
    expect(JSON.stringify(none)).toBe(JSON.stringify(computeEditions(input, publicCellSize)));
    expect(JSON.stringify(none)).not.toContain('peers');
  }
});
