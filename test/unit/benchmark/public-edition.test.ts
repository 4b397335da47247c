import fc from 'fast-check';
import { computeEditions, computeRelease } from '../../../src/domain/benchmark/compute-release';
import type { ReleaseEstimateRow, ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { sortStrata, type ReleaseStratum } from '../../../src/domain/benchmark/release-strata';
import { createResponseCounter } from '../../../src/domain/benchmark/tally-responses';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { isSuppressed, mapPublishable } from '../../../src/domain/disclosure/publishable';
import type { Atom } from '../../../src/domain/disclosure/types';
import type { Indicator } from '../../../src/domain/instrument/codebook';
import { attackBySpan, columnsOf, countAnswers, findDerivable } from '../../support/attacker/span';
import { networks } from '../../support/disclosure-networks';
import { expectPublishedOperands } from '../../support/expect-operands';

const publicK = 10;
const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

function createIndicator(sensitivity: 0 | 1): Indicator {
  return {
    id: 'innovative',
    label: text,
    themes: ['t'],
    direction: 'higher',
    sensitivity,
    denominator: { base: 'all', answered: ['innovated'] },
    options: [{ id: 'yes', label: text, numerator: [{ variable: 'innovated', in: ['yes'] }] }],
  };
}

/** A small network with as many answers in every cell as the atom has. */
function release(
  atoms: readonly Atom[],
  { isOpenNetwork, sensitivity }: { isOpenNetwork: boolean; sensitivity: 0 | 1 },
) {
  const strata = sortStrata(
    atoms.map(({ organisation, sector, size, validCount }, index): ReleaseStratum => ({
      code: `s${index}`,
      organisation,
      sector: sector as ReleaseStratum['sector'],
      size: size as ReleaseStratum['size'],
      cells: sector === null || size === null ? [] : ([{ sector, size }] as ReleaseStratum['cells']),
      frameCount: validCount + 2,
      invitedCount: validCount + 2,
      ineligibleCount: 0,
    })),
  );
  const evaluate = (answers: object) => ({ isValid: true, options: ['yes' in answers] });
  const counter = createResponseCounter(
    [{ indicator: createIndicator(sensitivity), evaluate }],
    strata.map(({ code }) => code),
  );
  atoms.forEach(({ validCount, optionCounts }, index) => {
    for (let at = 0; at < validCount; at += 1) {
      counter.add(`s${index}`, at < (optionCounts[0] ?? 0) ? { yes: 'yes' } : {});
    }
  });
  const policy = { ...defaultPolicy, isOpenNetwork };
  const input = { bases: [], strata, tally: counter.tally, policy };
  return { input, editions: computeEditions(input, publicK) };
}

function listShown({ estimates }: ReleaseFigures): ReadonlySet<string> {
  return new Set(estimates.flatMap(({ group, estimate }) => (isSuppressed(estimate) ? [] : [group])));
}

const small = networks({ organisations: [2, 4], sectors: [1, 2], sizes: [1, 2] }).map((atoms) =>
  atoms.map((atom) => ({
    ...atom,
    sector: atom.sector === null ? null : atom.sector === 's1' ? 'health' : 'education',
    size: atom.size === null ? null : atom.size === 'z1' ? 'S' : 'M',
  })),
);
const options = fc.record({ isOpenNetwork: fc.boolean(), sensitivity: fc.constantFrom<0 | 1>(0, 1) });

function editionsOf(atoms: readonly Atom[], chosen: { isOpenNetwork: boolean; sensitivity: 0 | 1 }) {
  const { input, editions } = release(atoms, chosen);
  if (editions.public === null) throw new RangeError('no public edition');
  const contributors = new Set(editions.network.lattice.contributors['innovative']);
  return {
    input,
    network: editions.network,
    open: editions.public.figures,
    policy: editions.public.policy,
    behind: atoms.filter(({ organisation, validCount }) => validCount > 0 && contributors.has(organisation)),
  };
}

/** A figure of the public edition may be printed more coarsely. */
function withoutCoarse(estimate: ReleaseEstimateRow['estimate']): unknown {
  return mapPublishable(estimate, (figure) => ({ ...figure, flags: figure.flags.filter((flag) => flag !== 'coarse') }));
}

describe('the public edition', () => {
  it('hides at least what the network’s edition hides, and shows the same figures otherwise', () => {
    fc.assert(
      fc.property(small, options, (atoms, chosen) => {
        const { network, open } = editionsOf(atoms, chosen);
        const inNetwork = listShown(network);
        expect([...listShown(open)].filter((group) => !inNetwork.has(group))).toEqual([]);
        open.estimates.forEach((row, index) => {
          const same = network.estimates[index];
          expect([row.group, row.option]).toEqual([same?.group, same?.option]);
          if (isSuppressed(row.estimate)) expect(JSON.stringify(row.estimate)).toBe('{"suppressed":true}');
          else expect(withoutCoarse(row.estimate)).toEqual(same && withoutCoarse(same.estimate));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('shows nothing on fewer answers than the public limit, and compares only what it shows', () => {
    fc.assert(
      fc.property(small, options, (atoms, chosen) => {
        const { open, policy } = editionsOf(atoms, chosen);
        expect(policy.minimumCellSize).toBe(publicK);
        const shown = listShown(open);
        for (const { estimate } of open.estimates) {
          if (!isSuppressed(estimate)) expect(estimate.value.n).toBeGreaterThanOrEqual(publicK);
        }
        expectPublishedOperands(open, policy, shown);
        expect(open.hidden).toHaveLength(open.estimates.length - shown.size);
      }),
      { numRuns: 100 },
    );
  });

  it('lets nobody work out fewer than ten respondents', () => {
    fc.assert(
      fc.property(small, options, (atoms, chosen) => {
        const { open, behind } = editionsOf(atoms, chosen);
        expect(attackBySpan({ atoms: behind, published: listShown(open) }, publicK)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('lets nobody work out a group that the network’s edition hides', () => {
    fc.assert(
      fc.property(small, options, (atoms, chosen) => {
        const { network, open, behind } = editionsOf(atoms, chosen);
        const rows = [...listShown(open)].map((key) => columnsOf(key, behind));
        const isOthers = (key: string): boolean => chosen.isOpenNetwork || !key.startsWith('rest=');
        const forbidden = new Set(
          network.hidden.filter(({ group }) => isOthers(group)).map(({ group }) => columnsOf(group, behind).join()),
        );
        forbidden.delete('');
        const isForbidden = (columns: readonly number[]): boolean => forbidden.has(columns.join());
        expect(findDerivable(rows, behind, { isForbidden, canGrow: () => true })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('shows no single member of a closed network, nor lets one follow', () => {
    fc.assert(
      fc.property(small, (atoms) => {
        const { open, behind } = editionsOf(atoms, { isOpenNetwork: false, sensitivity: 0 });
        const shown = [...listShown(open)];
        expect(shown.filter((key) => key.startsWith('organisation=') || key.startsWith('rest='))).toEqual([]);
        const members = new Map<string, number[]>();
        behind.forEach(({ organisation }, column) => {
          members.set(organisation, [...(members.get(organisation) ?? []), column]);
        });
        const whole = new Set([...members.values()].map((columns) => columns.join()));
        const rows = shown.map((key) => columnsOf(key, behind));
        const isForbidden = (columns: readonly number[]): boolean => whole.has(columns.join());
        expect(findDerivable(rows, behind, { isForbidden, canGrow: () => true })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is what a mask of its own would not be: totals keep the organisations between the two limits', () => {
    const atoms: Atom[] = ['o1', 'o2', 'o3', 'o4'].map((organisation, index) => {
      const validCount = index === 0 ? 8 : 30;
      return { organisation, sector: 'health', size: 'S', validCount, optionCounts: [4, validCount - 4] };
    });
    const { input, network, open } = editionsOf(atoms, { isOpenNetwork: true, sensitivity: 0 });
    expect(listShown(network)).toContain('organisation=o1');
    expect(listShown(open)).not.toContain('organisation=o1');
    const total = open.estimates.find(({ group }) => group === 'network')?.estimate;
    expect(total !== undefined && !isSuppressed(total) && total.value.n).toBe(98);
    const alone = computeRelease({ ...input, policy: { ...input.policy, minimumCellSize: publicK } });
    const other = alone.estimates.find(({ group }) => group === 'network')?.estimate;
    expect(other !== undefined && !isSuppressed(other) && other.value.n).toBe(90);
    expect(countAnswers([0], atoms)).toBe(98 - 90);
  });
});
