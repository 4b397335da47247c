import fc from 'fast-check';
import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { findRouteGates } from '../../../src/domain/benchmark/route-gates';
import { sortStrata, type ReleaseStratum } from '../../../src/domain/benchmark/release-strata';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { sectors, sizes } from '../../../src/domain/fieldwork/types';
import type { Indicator } from '../../../src/domain/instrument/codebook';
import { readRelease } from '../../support/attacker/attacked-release';
import { attackByDifferences } from '../../support/attacker/differences';
import { attackByCounts } from '../../support/attacker/integer-counts';
import { isTold, strataOf, type Knowledge, type PrintedFigure } from '../../support/attacker/knowledge';
import { attackByBounds, withSolver } from '../../support/attacker/linear-bounds';
import { createDemoNetwork } from '../../support/demo-network';

const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

function indicator(id: string, base: string, sensitivity: 0 | 1, options = ['yes']): Indicator {
  return {
    id,
    label: text,
    themes: ['t'],
    direction: 'none',
    sensitivity,
    denominator: { base, answered: [id] },
    options: options.map((option) => ({ id: option, label: text, numerator: [{ variable: id, in: [option] }] })),
  };
}

const indicators = [
  indicator('innovates', 'all', 0),
  indicator('culture', 'all', 1),
  indicator('types', 'innovative', 0, ['product', 'service']),
];
const bases = [
  { id: 'all', label: text, when: '' },
  { id: 'innovative', label: text, when: "{innovates} = 'yes'" },
];

/** A cell: how many answered, how many more were invited, how many gave each answer, as shares. */
const cell = fc.record({
  answered: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 7, max: 25 })),
  silent: fc.integer({ min: 0, max: 12 }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
});

/** Waves of small open networks with uneven response. */
const waves = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([organisationCount, sectorCount, sizeCount]) => {
    const places = Array.from({ length: organisationCount }, (_, o) => `o${o}`).flatMap((organisation) =>
      sectors
        .slice(0, sectorCount)
        .flatMap((sector) => sizes.slice(0, sizeCount).map((size) => ({ organisation, sector, size }))),
    );
    return fc
      .array(cell, { minLength: places.length, maxLength: places.length })
      .map((cells): ReleaseInput => createWave(places.map((place, at) => ({ ...place, ...cells[at]! }))));
  });

interface Cell extends Pick<ReleaseStratum, 'organisation' | 'sector' | 'size'> {
  readonly answered: number;
  readonly silent: number;
  readonly shares: readonly number[];
}

function createWave(cells: readonly Cell[]): ReleaseInput {
  const byCode = new Map(cells.map((one) => [`${one.organisation}:${one.sector}:${one.size}`, one]));
  const strata = sortStrata(
    [...byCode].map(([code, { organisation, sector, size, answered, silent }]) => {
      const invited = answered + silent;
      const place = { code, organisation, sector, size, cells: [] };
      return { ...place, frameCount: invited, invitedCount: invited, ineligibleCount: 0 };
    }),
  ).map((stratum) => ({
    ...stratum,
    cells: stratum.sector && stratum.size ? [{ sector: stratum.sector, size: stratum.size }] : [],
  }));
  const own = strata.map(({ code }) => byCode.get(code)!);
  const take = (of: readonly number[], share: number): number[] =>
    of.map((count, at) => Math.round(count * own[at]!.shares[share]!));
  const respondents = own.map(({ answered }) => answered);
  const innovates = take(respondents, 0);
  const counts = [
    { valid: respondents, yes: [innovates] },
    { valid: respondents, yes: [take(respondents, 1)] },
    { valid: innovates, yes: [take(innovates, 2), take(innovates, 3)] },
  ];
  return {
    strata,
    bases,
    policy: { ...defaultPolicy, isOpenNetwork: true },
    tally: {
      strata: strata.map(({ code }) => code),
      respondents: Int32Array.from(respondents),
      indicators: indicators.map((one, at) => ({
        indicator: one,
        valid: Int32Array.from(counts[at]!.valid),
        yes: counts[at]!.yes.map((given) => Int32Array.from(given)),
      })),
    },
  };
}

jest.setTimeout(600_000);

const solver = withSolver();

function listGroups({ strata }: Knowledge): readonly string[] {
  return [
    ...new Set(
      strata.flatMap(({ organisation, sector, size }) => [
        `organisation=${organisation}`,
        `organisation=${organisation};sector=${sector}`,
        `organisation=${organisation};size=${size}`,
      ]),
    ),
  ];
}

const followUps = { innovates: ['types'] };
/** Making a release of a leaking wave smaller takes minutes; the wave itself says enough. */
const attempts = { numRuns: 15, seed: 11, endOnFailure: true };

const gate = 'innovative_share';

describe('an attacker of a wave like those of the demo', () => {
  const wave = createDemoNetwork();
  let knowledge: Knowledge;
  beforeAll(() => {
    knowledge = readRelease(wave);
  });

  it('finds no small set by differences, and no cell by the counts that give a printed per cent', () => {
    expect(knowledge.figures.length).toBeGreaterThan(10_000);
    expect(attackByDifferences(knowledge.figures, knowledge.k)).toEqual([]);
    // All of them take a minute and a half.
    const figures = knowledge.figures.filter((_, at) => at % 7 === 0);
    expect(attackByCounts({ ...knowledge, figures })).toEqual([]);
  });

  it('finds no hidden group by linear bounds over the whole network', () => {
    // All of them take a minute; the first is the one that the follow-up questions depend on.
    const questions = knowledge.questions.filter(({ indicator: id }, at) => id === gate || at % 6 === 0);
    const asked = findRouteGates(
      wave.tally.indicators.map((one) => one.indicator),
      wave.bases,
    );
    const followUps = [...asked].flatMap(([id, gates]) => (gates.includes(gate) ? [id] : []));
    expect(followUps.length).toBeGreaterThan(30);
    expect(attackByBounds(solver(), { ...knowledge, questions }, listGroups(knowledge), { [gate]: followUps })).toEqual(
      [],
    );
  });
});

describe('an attacker who knows who answered and every weight', () => {
  it('finds no small set by taking printed totals from each other', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        expect(attackByDifferences(readRelease(wave).figures, defaultPolicy.minimumCellSize)).toEqual([]);
      }),
      attempts,
    );
  });

  it('finds no cell by the counts that give a printed per cent', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        expect(attackByCounts(readRelease(wave))).toEqual([]);
      }),
      attempts,
    );
  });

  it('finds no hidden group by linear bounds over the whole network, follow-up questions included', () => {
    fc.assert(
      fc.property(waves, (wave) => {
        const knowledge = readRelease(wave);
        const found = attackByBounds(solver(), knowledge, listGroups(knowledge), followUps);
        const questionOf = (id: string) => knowledge.questions.find(({ indicator: known }) => known === id)!;
        expect(found.filter((one) => !isTold(knowledge, questionOf(one.indicator), one.option, one.columns))).toEqual(
          [],
        );
      }),
      attempts,
    );
  });
});

/** Two strata of one organisation with different response, printed as one group. */
const weights = [1.2, 2.5];
function print(
  figures: readonly Omit<PrintedFigure, 'indicator' | 'option'>[],
  respondents: readonly number[],
): Knowledge {
  const places = ['education', 'health', 'culture'].slice(0, respondents.length);
  return {
    k: 7,
    strata: places.map((sector, at) => {
      return { organisation: 'asker', sector, size: 'M', respondents: respondents[at]!, weight: weights[at] ?? 1 };
    }),
    questions: [{ indicator: 'culture', options: ['yes'], isOpinion: true, isAskedOfAll: true }],
    contributors: { culture: ['asker'] },
    valid: { culture: respondents },
    figures: figures.map((figure) => ({ indicator: 'culture', option: 'yes', ...figure })),
  };
}

describe('the same attacker, with a rule switched off', () => {
  it('finds the answers of four workplaces in a whole per cent', () => {
    const share = Math.round((100 * (0 * 1.2 + 1 * 2.5)) / (8 * 1.2 + 4 * 2.5));
    const figure = { group: 'organisation=asker', n: 12, percent: share };
    const found = attackByCounts(print([{ ...figure, isCoarse: false }], [8, 4]));
    expect(found).toContainEqual(expect.objectContaining({ columns: [1], count: 1 }));
    expect(attackByCounts(print([{ ...figure, percent: 20, isCoarse: true }], [8, 4]))).toEqual([]);
  });

  it('finds that all in a hidden group answered alike, from the total and the part that is shown', () => {
    const figures = [
      { group: 'organisation=asker', n: 17, percent: 59, isCoarse: false },
      { group: 'organisation=asker;sector=education', n: 10, percent: 0, isCoarse: false },
    ];
    const knowledge = print(figures, [10, 4, 3]);
    const percent = Math.round((100 * (4 * 2.5 + 3)) / (10 * 1.2 + 4 * 2.5 + 3));
    const attacked = {
      ...knowledge,
      figures: knowledge.figures.map((one, at) => (at === 0 ? { ...one, percent } : one)),
    };
    const found = attackByBounds(solver(), attacked, ['organisation=asker;sector=health']);
    expect(found).toContainEqual(expect.objectContaining({ group: 'organisation=asker;sector=health', count: 4 }));
  });

  it('finds a small organisation as the network without the others', () => {
    const figures = [
      { group: 'network', n: 20, percent: 50, isCoarse: false },
      { group: 'organisation=asker', n: 16, percent: 50, isCoarse: false },
    ].map((figure) => ({ indicator: 'culture', option: 'yes', ...figure }));
    expect(attackByDifferences(figures, 7)).toEqual([
      { indicator: 'culture', whole: 'network', parts: ['organisation=asker'], n: 4 },
    ]);
  });

  it('finds cells and hidden groups in generated networks when every share is printed in whole per cent', () => {
    const found = fc.sample(waves, { numRuns: 30, seed: 5 }).map((wave) => {
      const knowledge = readRelease(wave);
      const figures = knowledge.figures.map((one) => ({
        ...one,
        percent: Math.round(100 * shareOf(wave, knowledge, one)),
        isCoarse: false,
      }));
      const exact = { ...knowledge, figures };
      return {
        cells: attackByCounts(exact).length,
        groups: attackByBounds(solver(), exact, listGroups(exact), followUps).length,
      };
    });
    expect(found.filter(({ cells }) => cells > 0).length).toBeGreaterThan(1);
    expect(found.filter(({ groups }) => groups > 0).length).toBeGreaterThan(1);
  });
});

function shareOf(wave: ReleaseInput, knowledge: Knowledge, figure: PrintedFigure): number {
  const tally = wave.tally.indicators.find((one) => one.indicator.id === figure.indicator)!;
  const option = tally.indicator.options.findIndex(({ id }) => id === figure.option);
  let [given, total] = [0, 0];
  for (const at of strataOf(knowledge, figure.indicator, figure.group)) {
    given += knowledge.strata[at]!.weight * tally.yes[option]![at]!;
    total += knowledge.strata[at]!.weight * tally.valid[at]!;
  }
  return given / total;
}
