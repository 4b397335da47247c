import { computeRelease } from '../../../src/domain/benchmark/compute-release';
import type { ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { findRouteGates } from '../../../src/domain/benchmark/route-gates';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { isSuppressed } from '../../../src/domain/disclosure/publishable';
import type { CodebookBase, Indicator } from '../../../src/domain/instrument/codebook';

const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

function indicator(id: string, base: string, answered: string[]): Indicator {
  return {
    id,
    label: text,
    themes: ['t'],
    direction: 'none',
    sensitivity: 0,
    denominator: { base, answered },
    options: [{ id: 'yes', label: text, numerator: [{ variable: answered[0] ?? '', in: ['yes'] }] }],
  };
}

const bases: CodebookBase[] = [
  { id: 'all', label: text, when: '' },
  { id: 'innovative', label: text, when: "{service} = 'yes' or {product} = 'yes'" },
  { id: 'technological', label: text, when: "{technology} = 'important'" },
];
const indicators = [
  indicator('any', 'all', ['service', 'product']),
  indicator('culture', 'all', ['risk']),
  indicator('role', 'innovative', ['technology']),
  indicator('types', 'innovative', ['types']),
  indicator('newness', 'technological', ['newness']),
];

describe('the gates of a routed indicator', () => {
  const gates = findRouteGates(indicators, bases);

  it('are the indicators whose answers decide who is asked', () => {
    expect(gates.get('types')).toEqual(['any']);
    expect(gates.get('newness')).toEqual(['role']);
  });

  it('are none for what everybody is asked', () => {
    expect(gates.get('any')).toEqual([]);
    expect(gates.get('culture')).toEqual([]);
  });
});

describe('a release with a small cell that the route leaves empty', () => {
  const strata = (['asker', 'oslo'] as const).flatMap((organisation) =>
    (['education', 'health'] as const).map((sector) => ({
      code: `${organisation}:${sector}`,
      organisation,
      sector,
      size: 'M' as const,
      cells: [{ sector, size: 'M' as const }],
      // The same response rate everywhere, so that weights tell nothing.
      frameCount: 10 * (organisation === 'oslo' ? 4 : sector === 'education' ? 4 : 1),
      invitedCount: 10 * (organisation === 'oslo' ? 4 : sector === 'education' ? 4 : 1),
      ineligibleCount: 0,
    })),
  );
  // The three workplaces of Asker's health sector have nothing new: the route leaves them out of "types".
  const release = (gatedBy: readonly CodebookBase[]): ReleaseFigures =>
    computeRelease({
      strata,
      bases: gatedBy,
      policy: { ...defaultPolicy, isOpenNetwork: true },
      tally: {
        strata: strata.map(({ code }) => code),
        respondents: Int32Array.from([12, 3, 20, 20]),
        indicators: [
          {
            indicator: indicator('any', 'all', ['service', 'product']),
            valid: Int32Array.from([12, 3, 20, 20]),
            yes: [Int32Array.from([10, 0, 15, 12])],
          },
          {
            indicator: indicator('types', 'innovative', ['types']),
            valid: Int32Array.from([10, 0, 15, 12]),
            yes: [Int32Array.from([5, 0, 7, 6])],
          },
        ],
      },
    });
  const isShown = (figures: ReleaseFigures, group: string): boolean =>
    figures.estimates.some((row) => row.indicator === 'types' && row.group === group && !isSuppressed(row.estimate));

  it('does not let the number of innovative workplaces of the large cell tell that the small one has none', () => {
    const figures = release(bases);
    expect(isShown(figures, 'organisation=asker')).toBe(true);
    expect(isShown(figures, 'organisation=asker;sector=education')).toBe(false);
  });
});
