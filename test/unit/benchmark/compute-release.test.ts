import fc from 'fast-check';
import { computeRelease } from '../../../src/domain/benchmark/compute-release';
import type { ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { sortStrata, type ReleaseStratum } from '../../../src/domain/benchmark/release-strata';
import { createResponseCounter, type ResponseTally } from '../../../src/domain/benchmark/tally-responses';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { isSuppressed } from '../../../src/domain/disclosure/publishable';
import type { Sector, SizeClass } from '../../../src/domain/fieldwork/types';
import type { Codebook, Indicator } from '../../../src/domain/instrument/codebook';
import { attackBySpan } from '../../support/attacker/span';
import { compileIndicators } from '../../../src/domain/instrument/indicator-values';
import type { Answers } from '../../../src/domain/instrument/types';
import { expectPublishedOperands } from '../../support/expect-operands';

const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };
const openPolicy = { ...defaultPolicy, isOpenNetwork: true };

function createIndicator(overrides: Partial<Indicator> = {}): Indicator {
  return {
    id: 'innovative',
    label: text,
    themes: ['t'],
    direction: 'higher',
    sensitivity: 0,
    denominator: { base: 'all', answered: ['innovated'] },
    options: [{ id: 'yes', label: text, numerator: [{ variable: 'innovated', in: ['yes'] }] }],
    ...overrides,
  };
}

function createCodebook(indicators: readonly Indicator[]): Codebook {
  const variable = { label: text, base: 'all', sensitivity: 0, source: 's' } as const;
  const values = (...codes: string[]) => codes.map((code) => ({ code, label: text }));
  return {
    instrument: 'i',
    version: 1,
    title: text,
    population: 'managers',
    referencePeriodMonths: 24,
    minutes: { from: 8, to: 15 },
    sources: [{ id: 's', title: 's', url: 'https://example.org' }],
    bases: [{ id: 'all', label: text, when: '' }],
    variables: [
      { ...variable, name: 'innovated', type: 'single', values: values('yes', 'no', 'dk') },
      { ...variable, name: 'partners', type: 'multiple', values: values('firms', 'citizens', 'none') },
    ],
    themes: [{ id: 't', label: text, description: text }],
    defaultTheme: 't',
    indicators: [...indicators],
  };
}

function createStratum(
  organisation: string,
  sector: Sector,
  size: SizeClass,
  counts: { readonly frame: number; readonly invited?: number },
): ReleaseStratum {
  const code = `${organisation}:${sector}:${size}`;
  const invitedCount = counts.invited ?? counts.frame;
  return {
    code,
    organisation,
    sector,
    size,
    cells: [{ sector, size }],
    frameCount: counts.frame,
    invitedCount,
    ineligibleCount: 0,
  };
}

interface Response {
  readonly stratum: string;
  readonly answers: Answers;
}

function answer(stratum: string, yes: number, no: number, dk = 0): Response[] {
  const make = (count: number, code: string) =>
    Array.from({ length: count }, () => ({ stratum, answers: { innovated: code } }));
  return [...make(yes, 'yes'), ...make(no, 'no'), ...make(dk, 'dk')];
}

function count(
  strata: readonly ReleaseStratum[],
  responses: readonly Response[],
  indicators: readonly Indicator[] = [createIndicator()],
): ResponseTally {
  const counter = createResponseCounter(
    compileIndicators(createCodebook(indicators)),
    strata.map(({ code }) => code),
  );
  for (const { stratum, answers } of responses) counter.add(stratum, answers);
  return counter.tally;
}

function find(figures: ReleaseFigures, group: string, option = 'yes', indicator = 'innovative') {
  const row = figures.estimates.find(
    (one) => one.group === group && one.option === option && one.indicator === indicator,
  );
  if (row === undefined) throw new RangeError(`no row for ${group}`);
  return isSuppressed(row.estimate) ? null : row.estimate.value;
}

function compare(figures: ReleaseFigures, group: string) {
  const row = figures.comparisons.find((one) => one.group === group);
  if (row === undefined) throw new RangeError(`no comparison for ${group}`);
  return isSuppressed(row.comparison) ? null : row.comparison.value;
}

const threeOrganisations = sortStrata(
  ['asker', 'drammen', 'lier'].flatMap((organisation) => [
    createStratum(organisation, 'health', 'S', { frame: 40 }),
    createStratum(organisation, 'education', 'S', { frame: 20 }),
  ]),
);
const unequalAnswers = ['asker', 'drammen', 'lier'].flatMap((organisation) => [
  ...answer(`${organisation}:education:S`, 4, 6),
  ...answer(`${organisation}:health:S`, 8, 2),
]);

describe('estimates of a release', () => {
  const figures = computeRelease({
    bases: [],
    strata: threeOrganisations,
    tally: count(threeOrganisations, unequalAnswers),
    policy: openPolicy,
  });

  it('weights strata that answered unequally, with standard errors worked out by hand', () => {
    // Weights 20/10 and 40/10, W = 60: share (2*4 + 4*8)/60 where the plain share is 12/20.
    const own = find(figures, 'organisation=asker');
    expect(own?.n).toBe(20);
    expect(own?.share).toBeCloseTo(40 / 60, 12);
    const education = (10 / 9) * (2 / 60) ** 2 * 2.4;
    const health = (10 / 9) * (4 / 60) ** 2 * 1.6;
    expect(own?.se).toBeCloseTo(Math.sqrt(0.5 * education + 0.75 * health), 12);
    expect(own?.seNoFpc).toBeCloseTo(Math.sqrt(education + health), 12);
    expect(own?.df).toBe(18);
  });

  it('gives network, sectors, sizes, organisations with breakdowns and the rest of the network', () => {
    expect(new Set(figures.estimates.map(({ group }) => group))).toEqual(
      new Set([
        'network',
        'sector=education',
        'sector=health',
        'size=S',
        ...['asker', 'drammen', 'lier'].flatMap((key) =>
          [`organisation=${key}`, `rest=${key}`].flatMap((group) => [
            group,
            `${group};sector=education`,
            `${group};sector=health`,
            `${group};size=S`,
          ]),
        ),
      ]),
    );
    expect(find(figures, 'network')?.n).toBe(60);
    expect(find(figures, 'rest=asker')?.n).toBe(40);
    expect(find(figures, 'organisation=asker;sector=health')?.share).toBeCloseTo(0.8, 12);
    expect(find(figures, 'rest=lier;sector=education')?.share).toBeCloseTo(0.4, 12);
  });

  it('has wider intervals where the network has chosen them, and nothing else that is different', () => {
    const careful = computeRelease({
      bases: [],
      strata: threeOrganisations,
      tally: count(threeOrganisations, unequalAnswers),
      policy: { ...openPolicy, conservativeIntervals: true },
    });
    const [own, usual] = [find(careful, 'organisation=asker'), find(figures, 'organisation=asker')];
    expect(own?.flags).toEqual(['conservative', ...usual!.flags].sort());
    expect(own!.low).toBeLessThan(usual!.low);
    expect(own!.high).toBeGreaterThan(usual!.high);
    expect({ ...own, low: 0, high: 0, flags: [] }).toEqual({ ...usual, low: 0, high: 0, flags: [] });
    const judge = ({ comparisons }: ReleaseFigures) =>
      comparisons.map(({ group, kind, comparator, comparison }) => {
        const { difference, p, q, verdict, low, high } = isSuppressed(comparison) ? {} : comparison.value;
        return { group, kind, comparator, difference, p, q, verdict, low, high };
      });
    expect(judge(careful)).toEqual(judge(figures));
    expect(careful.hidden).toEqual(figures.hidden);
  });

  it('counts strata merged across sectors in totals, never in one of their sectors', () => {
    const merged: ReleaseStratum = {
      ...createStratum('asker', 'health', 'S', { frame: 20 }),
      code: 'asker:culture+social:SM',
      sector: null,
      size: null,
      cells: [
        { sector: 'culture', size: 'S' },
        { sector: 'social', size: 'M' },
      ],
    };
    const strata = sortStrata([merged, createStratum('asker', 'health', 'S', { frame: 40 })]);
    const responses = [...answer(merged.code, 5, 5), ...answer('asker:health:S', 10, 10)];
    const release = computeRelease({ bases: [], strata, tally: count(strata, responses), policy: openPolicy });
    expect(find(release, 'organisation=asker')?.n).toBe(30);
    expect(find(release, 'organisation=asker;sector=health')?.n).toBe(20);
    expect(find(release, 'organisation=asker;sector=culture')).toBeNull();
    expect(find(release, 'size=M')).toBeNull();
  });

  it('expands invited samples by their inclusion probability', () => {
    const strata = sortStrata([
      createStratum('asker', 'health', 'S', { frame: 100, invited: 20 }),
      createStratum('asker', 'education', 'S', { frame: 20 }),
    ]);
    const responses = [...answer('asker:education:S', 0, 10), ...answer('asker:health:S', 10, 0)];
    const sampled = computeRelease({ bases: [], strata, tally: count(strata, responses), policy: openPolicy });
    expect(find(sampled, 'organisation=asker')?.share).toBeCloseTo(100 / 120, 12);
  });

  it('keeps "don\'t know" in the base', () => {
    const responses = [...answer('asker:education:S', 4, 4, 2), ...unequalAnswers.slice(10)];
    const kept = computeRelease({
      bases: [],
      strata: threeOrganisations,
      tally: count(threeOrganisations, responses),
      policy: openPolicy,
    });
    expect(find(kept, 'organisation=asker;sector=education')).toMatchObject({ n: 10, share: 0.4 });
  });

  it('counts a multiple choice among those who ticked something, one share an option', () => {
    const partners = createIndicator({
      id: 'partners',
      denominator: { base: 'all', answered: ['partners'] },
      options: ['firms', 'citizens'].map((id) => ({
        id,
        label: text,
        numerator: [{ variable: 'partners', in: [id] }],
      })),
    });
    const strata = [createStratum('asker', 'health', 'S', { frame: 30 })];
    const give = (times: number, partnersTicked: readonly string[] | null): Response[] =>
      Array.from({ length: times }, () => ({
        stratum: 'asker:health:S',
        answers: partnersTicked === null ? { innovated: 'yes' } : { partners: partnersTicked },
      }));
    const responses = [
      ...give(6, ['firms', 'citizens']),
      ...give(2, ['citizens']),
      ...give(2, ['none']),
      ...give(5, null),
    ];
    const shares = computeRelease({
      bases: [],
      strata,
      tally: count(strata, responses, [partners]),
      policy: openPolicy,
    });
    expect(find(shares, 'organisation=asker', 'firms', 'partners')).toMatchObject({ n: 10, share: 0.6 });
    expect(find(shares, 'organisation=asker', 'citizens', 'partners')).toMatchObject({ n: 10, share: 0.8 });
  });

  it('refuses a tally of other strata and responses of unknown strata', () => {
    const tally = count([...threeOrganisations].reverse(), []);
    expect(() => computeRelease({ bases: [], strata: threeOrganisations, tally, policy: openPolicy })).toThrow(
      RangeError,
    );
    expect(() => count(threeOrganisations, answer('oslo:health:S', 1, 0))).toThrow(RangeError);
  });
});

describe('organisations with too few answers', () => {
  const responses = unequalAnswers.filter(({ stratum }) => !stratum.startsWith('lier'));

  it('are left out of the network, so that they do not follow from it', () => {
    const figures = computeRelease({
      bases: [],
      strata: threeOrganisations,
      tally: count(threeOrganisations, [...responses, ...answer('lier:health:S', 4, 2)]),
      policy: openPolicy,
    });
    expect(figures.lattice.contributors['innovative']).toEqual(['asker', 'drammen']);
    expect(find(figures, 'network')?.n).toBe(40);
    expect(find(figures, 'rest=asker')?.n).toBe(20);
    expect(find(figures, 'organisation=lier')).toBeNull();
    expect(compare(figures, 'organisation=lier')).toBeNull();
    expect(figures.hidden).toContainEqual({ indicator: 'innovative', group: 'organisation=lier', reason: 'threshold' });
    expect(figures.hidden).toContainEqual({
      indicator: 'innovative',
      group: 'organisation=lier;sector=education',
      reason: 'empty',
    });
  });

  it('are not shown when a single one answered and there is no variance', () => {
    const figures = computeRelease({
      bases: [],
      strata: threeOrganisations,
      tally: count(threeOrganisations, [...responses, ...answer('lier:health:S', 1, 0)]),
      policy: openPolicy,
    });
    expect(find(figures, 'organisation=lier')).toBeNull();
    expect(find(figures, 'network')?.n).toBe(40);
  });
});

describe('comparisons of a release', () => {
  const answers = [
    ...answer('asker:education:S', 10, 0),
    ...answer('asker:health:S', 20, 0),
    ...['drammen', 'lier'].flatMap((key) => [
      ...answer(`${key}:education:S`, 2, 8),
      ...answer(`${key}:health:S`, 4, 16),
    ]),
  ];
  const figures = computeRelease({
    bases: [],
    strata: threeOrganisations,
    tally: count(threeOrganisations, answers),
    policy: openPolicy,
  });

  it('call a large difference above for the one and below for the others', () => {
    expect(compare(figures, 'organisation=asker')).toMatchObject({ verdict: 'above', comparator: 'rest=asker' });
    expect(compare(figures, 'organisation=asker')?.difference).toBeCloseTo(0.8, 12);
    expect(compare(figures, 'organisation=drammen')?.verdict).toBe('below');
  });

  it('adjust p-values within one family for totals and one for each breakdown', () => {
    const total = compare(figures, 'organisation=asker');
    expect(total?.q).toBe(total?.p);
    const bySector = ['education', 'health'].map((sector) => compare(figures, `organisation=asker;sector=${sector}`));
    const [first, second] = bySector.map((one) => one?.p ?? Number.NaN);
    const qValues = bySector.map((one) => one?.q ?? Number.NaN);
    expect(Math.max(...qValues)).toBeCloseTo(Math.max(first ?? 1, second ?? 1), 12);
    expect(Math.min(...qValues)).toBeCloseTo(
      Math.min(2 * Math.min(first ?? 1, second ?? 1), Math.max(first ?? 1, second ?? 1)),
      12,
    );
  });

  it('are made for headline options only', () => {
    const options = ['yes', 'no'].map((id) => ({
      id,
      label: text,
      numerator: [{ variable: 'innovated', in: [id] }],
    }));
    const tally = count(threeOrganisations, answers, [createIndicator({ options, headline: ['no'] })]);
    const headlines = computeRelease({ bases: [], strata: threeOrganisations, tally, policy: openPolicy });
    expect(new Set(headlines.comparisons.map(({ option }) => option))).toEqual(new Set(['no']));
    expect(new Set(headlines.estimates.map(({ option }) => option))).toEqual(new Set(['yes', 'no']));
  });
});

const sectorsInTest = ['education', 'health', 'social'] as const;
const cellArbitrary = fc.record({
  organisation: fc.constantFrom('a', 'b', 'c', 'd'),
  sector: fc.constantFrom(...sectorsInTest),
  size: fc.constantFrom('S', 'M', 'L'),
  yes: fc.integer({ min: 0, max: 8 }),
  no: fc.integer({ min: 0, max: 8 }),
  unanswered: fc.integer({ min: 0, max: 4 }),
});
const caseArbitrary = fc.record({
  cells: fc.uniqueArray(cellArbitrary, {
    selector: ({ organisation, sector, size }) => organisation + sector + size,
    minLength: 1,
    maxLength: 20,
  }),
  isOpenNetwork: fc.boolean(),
  sensitivity: fc.constantFrom<0 | 1>(0, 1),
});

function prepare({
  cells,
  isOpenNetwork,
  sensitivity,
}: typeof caseArbitrary extends fc.Arbitrary<infer T> ? T : never) {
  const strata = sortStrata(
    cells.map(({ organisation, sector, size, yes, no, unanswered }) =>
      createStratum(organisation, sector, size, { frame: yes + no + unanswered + 1 }),
    ),
  );
  const responses = cells.flatMap(({ organisation, sector, size, yes, no }) =>
    answer(`${organisation}:${sector}:${size}`, yes, no),
  );
  const policy = { ...openPolicy, isOpenNetwork };
  const indicators = [createIndicator({ sensitivity })];
  return { strata, responses, policy, indicators };
}

describe('any release', () => {
  it('keeps nothing of a suppressed figure and compares only what is shown', () => {
    fc.assert(
      fc.property(caseArbitrary, (input) => {
        const { strata, responses, policy, indicators } = prepare(input);
        const figures = computeRelease({ bases: [], strata, tally: count(strata, responses, indicators), policy });
        const shown = new Set(
          figures.estimates.filter(({ estimate }) => !isSuppressed(estimate)).map(({ group }) => group),
        );
        for (const { estimate, ...address } of figures.estimates) {
          if (isSuppressed(estimate)) expect(JSON.stringify(estimate)).toBe('{"suppressed":true}');
          else expect(estimate.value.n).toBeGreaterThanOrEqual(policy.minimumCellSize);
          expect(Object.keys(address)).toEqual(['indicator', 'option', 'group']);
        }
        expectPublishedOperands(figures, policy, shown);
        expect(figures.hidden).toHaveLength(figures.estimates.length - shown.size);
      }),
      { numRuns: 150 },
    );
  });

  it('lets nobody work out the answers of fewer than k respondents from everything that it shows', () => {
    fc.assert(
      fc.property(caseArbitrary, (input) => {
        const { strata, responses, policy } = prepare(input);
        const tally = count(strata, responses);
        const figures = computeRelease({ bases: [], strata, tally, policy });
        const contributors = new Set(figures.lattice.contributors['innovative']);
        const atoms = strata.flatMap(({ organisation, sector, size }, index) => {
          const validCount = tally.respondents[index] ?? 0;
          if (validCount === 0 || !contributors.has(organisation)) return [];
          return [{ organisation, sector, size, validCount, optionCounts: [] }];
        });
        const published = figures.estimates.flatMap(({ group, estimate }) => (isSuppressed(estimate) ? [] : [group]));
        expect(attackBySpan({ atoms, published }, policy.minimumCellSize)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same whatever order the responses come in', () => {
    const shuffled = caseArbitrary.chain((input) => {
      const prepared = prepare(input);
      return fc.tuple(
        fc.constant(prepared),
        fc.shuffledSubarray(prepared.responses, { minLength: prepared.responses.length }),
      );
    });
    fc.assert(
      fc.property(shuffled, ([{ strata, responses, policy, indicators }, other]) => {
        const first = computeRelease({ bases: [], strata, tally: count(strata, responses, indicators), policy });
        const second = computeRelease({ bases: [], strata, tally: count(strata, other, indicators), policy });
        expect(JSON.stringify(second)).toBe(JSON.stringify(first));
      }),
      { numRuns: 100 },
    );
  });
});
