import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { computeEditions, type ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import type { EarlierEdition } from '../../../src/domain/benchmark/earlier-release';
import type { ReleaseEstimateRow, ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { isSuppressed, mapPublishable } from '../../../src/domain/disclosure/publishable';
import { codebookSchema } from '../../../src/domain/instrument/codebook';
import { knowAllButAnswers } from '../../support/attacker/attacked-release';
import { attackLaterRelease, findGone } from '../../support/attacker/two-releases';
import { printFigures, rememberEdition, rememberRelease } from '../../support/earlier-edition';
import { attackAnswers, attackCounts } from '../../support/harvest/attack';
import { generateWaves } from '../../support/harvest/generated-waves';

const codebook = codebookSchema.parse(
  JSON.parse(readFileSync(join(__dirname, '../../support/instruments/example/codebook.json'), 'utf8')),
);
const waves = generateWaves(codebook);
const runs = { numRuns: process.env['HARVEST'] === 'all' ? 300 : 14, seed: 30 };
const k = 7;
/** In a closed network a mean is of three other organisations at least. */
const largeWaves = waves.filter(({ input }) => new Set(input.strata.map((one) => one.organisation)).size === 4);

function editionsOf(input: ReleaseInput, isPublic = true) {
  return computeEditions(input, isPublic && input.policy.isOpenNetwork ? 10 : null);
}

function correct(input: ReleaseInput, before: ReturnType<typeof editionsOf>, isPublic = true) {
  return editionsOf({ ...input, earlier: rememberRelease(before, k) }, isPublic);
}

function withCellSize(input: ReleaseInput, minimumCellSize: number): ReleaseInput {
  return { ...input, policy: { ...input.policy, minimumCellSize } };
}

function listShown({ estimates }: ReleaseFigures): readonly ReleaseEstimateRow[] {
  return estimates.filter(({ estimate }) => !isSuppressed(estimate));
}

/** Takes one respondent of the largest stratum out of everything that is counted. */
function erase(input: ReleaseInput): ReleaseInput {
  const { respondents, indicators } = input.tally;
  const at = respondents.indexOf(Math.max(...respondents));
  const less = (counts: Int32Array, most: number): Int32Array =>
    counts.map((count, index) => (index === at ? Math.min(count, most) : count));
  const left = respondents[at]! - 1;
  return {
    ...input,
    tally: {
      ...input.tally,
      respondents: less(respondents, left),
      indicators: indicators.map(({ indicator, valid, yes }) => ({
        indicator,
        valid: less(valid, left),
        yes: yes.map((given) => less(given, left)),
      })),
    },
  };
}

/** The same edition with another share of one figure, as a faulty calculation would have left it. */
function makeFaulty(figures: ReleaseFigures, wrong: ReleaseEstimateRow): EarlierEdition {
  const estimates = figures.estimates.map((row) =>
    row !== wrong
      ? row
      : { ...row, estimate: mapPublishable(row.estimate, (one) => ({ ...one, share: (one.share + 0.4) % 1 })) },
  );
  return rememberEdition({ ...figures, estimates });
}

describe('a correction', () => {
  test('with the same responses and rules is the same to the last figure and reason', () => {
    fc.assert(
      fc.property(waves, ({ input }) => {
        const before = editionsOf(input);
        expect(correct(input, before)).toEqual(before);
      }),
      runs,
    );
  });

  test('under stricter rules tells nothing that was not told, in either edition', () => {
    let shown = 0;
    fc.assert(
      fc.property(waves, fc.integer({ min: 8, max: 15 }), fc.boolean(), ({ input }, raised, wasPublic) => {
        const before = editionsOf(input, wasPublic);
        const after = correct(withCellSize(input, raised), before);
        const told = printFigures(before.network);
        expect(attackLaterRelease(told, printFigures(after.network))).toEqual([]);
        for (const row of listShown(after.network)) {
          if (!isSuppressed(row.estimate)) expect(row.estimate.value.n).toBeGreaterThanOrEqual(raised);
        }
        shown += listShown(after.network).length;
        if (after.public === null) return;
        const open = printFigures(after.public.figures);
        expect(attackLaterRelease(told, open)).toEqual([]);
        if (before.public !== null) {
          expect(attackLaterRelease(printFigures(before.public.figures), open)).toEqual([]);
        }
      }),
      runs,
    );
    expect(shown).toBeGreaterThan(300);
  });

  test('keeps totals of the same organisations when one of them becomes too small to be shown', () => {
    let kept = 0;
    fc.assert(
      fc.property(waves, ({ input }) => {
        const before = editionsOf(input);
        const after = correct(withCellSize(input, 12), before);
        expect(after.network.lattice).toEqual(before.network.lattice);
        kept += listShown(after.network).filter(({ group }) => group === 'network').length;
      }),
      runs,
    );
    expect(kept).toBeGreaterThan(0);
  });

  test('tells a reader of both releases nothing of a small set', () => {
    fc.assert(
      fc.property(waves, fc.integer({ min: 7, max: 12 }), ({ input }, raised) => {
        const before = editionsOf(input);
        const after = correct(withCellSize(input, raised), before);
        const figures = [before.network, after.network, after.public?.figures ?? after.network].flatMap(printFigures);
        const { contributors } = before.network.lattice;
        const knowledge = { ...knowAllButAnswers(input), contributors, figures };
        expect([...attackCounts(knowledge), ...attackAnswers(knowledge)]).toEqual([]);
      }),
      runs,
    );
  });

  test('withdraws a question of which one figure comes out differently, in every group', () => {
    let withdrawn = 0;
    fc.assert(
      fc.property(waves, fc.nat(), ({ input }, at) => {
        const { network } = editionsOf(input, false);
        const rows = listShown(network);
        const wrong = rows[at % rows.length];
        if (wrong === undefined) return;
        const earlier = { number: 1, firstCellSize: k, network: makeFaulty(network, wrong) };
        const after = computeEditions({ ...input, earlier }, null).network;
        const others = listShown(after).filter(({ indicator }) => indicator !== wrong.indicator);
        expect(listShown(after).filter(({ indicator }) => indicator === wrong.indicator)).toEqual([]);
        expect(others).toHaveLength(rows.filter(({ indicator }) => indicator !== wrong.indicator).length);
        expect(after.hidden.find((one) => one.indicator === wrong.indicator && one.group === wrong.group)?.reason).toBe(
          'correction',
        );
        withdrawn += 1;
      }),
      runs,
    );
    expect(withdrawn).toBeGreaterThan(5);
  });

  test('tells nothing of a question whose respondents are fewer', () => {
    let leaks = 0;
    fc.assert(
      fc.property(waves, ({ input }) => {
        const before = editionsOf(input, false);
        const told = printFigures(before.network);
        const later = erase(input);
        expect(attackLaterRelease(told, printFigures(correct(later, before, false).network))).toEqual([]);
        // The same without what is under test.
        const leaky = attackLaterRelease(told, printFigures(editionsOf(later, false).network));
        if (findGone(leaky, k).length > 0) leaks += 1;
      }),
      runs,
    );
    expect(leaks).toBeGreaterThan(5);
  });

  test('gives another verdict about whole per cents only', () => {
    let [kept, withheld] = [0, 0];
    fc.assert(
      fc.property(waves, ({ input }) => {
        const { network } = editionsOf(input, false);
        const verdicts = network.comparisons.map((row) => ({
          ...row,
          comparison: mapPublishable(row.comparison, (one) => ({ ...one, verdict: 'not_tested' as const })),
        }));
        const earlier = {
          number: 1,
          firstCellSize: k,
          network: rememberEdition({ ...network, comparisons: verdicts }),
        };
        const after = computeEditions({ ...input, earlier }, null).network;
        const coarse = new Set(
          printFigures(network).flatMap((one) => (one.isCoarse ? [`${one.indicator} ${one.group}`] : [])),
        );
        after.comparisons.forEach((row, index) => {
          const before = network.comparisons[index]!.comparison;
          if (isSuppressed(before) || before.value.verdict === 'not_tested') return;
          const isCoarse =
            coarse.has(`${row.indicator} ${row.group}`) || coarse.has(`${row.indicator} ${row.comparator}`);
          if (isCoarse) expect(isSuppressed(row.comparison)).toBe(true);
          if (isSuppressed(row.comparison)) withheld += 1;
          else kept += 1;
        });
      }),
      runs,
    );
    expect(kept).toBeGreaterThan(0);
    expect(withheld).toBeGreaterThan(0);
  });

  test('gives no other mean of organisations to members of a closed network', () => {
    let [kept, withheld] = [0, 0];
    fc.assert(
      fc.property(largeWaves, fc.integer({ min: 7, max: 14 }), ({ input: open }, raised) => {
        const input = { ...open, policy: { ...open.policy, isOpenNetwork: false } };
        const before = editionsOf(input).network;
        const now = correct(withCellSize(input, raised), { network: before, public: null }).network;
        const unbound = editionsOf(withCellSize(input, raised)).network;
        const told = rememberEdition(before);
        now.comparisons.forEach((row, index) => {
          if (row.kind !== 'organisations') return;
          if (isSuppressed(row.comparison)) {
            const other = unbound.comparisons[index]!.comparison;
            if (!isSuppressed(other)) withheld += 1;
            return;
          }
          const same = told.findComparison(row);
          expect(isSuppressed(same) ? null : same.value.printed).toEqual(row.comparison.value.printed);
          kept += 1;
        });
      }),
      runs,
    );
    expect(kept).toBeGreaterThan(0);
    expect(withheld).toBeGreaterThan(0);
  });
});
