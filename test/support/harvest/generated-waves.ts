import fc from 'fast-check';
import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import type { PeerGroup } from '../../../src/domain/benchmark/peer-groups';
import { sortStrata } from '../../../src/domain/benchmark/release-strata';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { sectors, sizes } from '../../../src/domain/fieldwork/types';
import type { Codebook } from '../../../src/domain/instrument/codebook';
import { importedOrganisations } from '../closed-wave';

/** A cell: how many answered, how many more were invited, how many gave each answer, as shares. */
const cell = fc.record({
  answered: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 7, max: 25 })),
  silent: fc.integer({ min: 0, max: 12 }),
  shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
});

/** A wave of a network of few members, with uneven response, answered with the example questionnaire. */
export interface GeneratedWave {
  readonly isOpen: boolean;
  readonly input: ReleaseInput;
}

/**
 * Waves of small networks, open and closed.
 * @param codebook codebook of the example instrument
 * @param options hasPeers: with peer groups that overlap, useless ones too; organisations: keys, four unless told
 */
export function generateWaves(
  codebook: Codebook,
  {
    hasPeers = false,
    organisations = importedOrganisations.map(({ key }) => key),
  }: { readonly hasPeers?: boolean; readonly organisations?: readonly string[] } = {},
): fc.Arbitrary<GeneratedWave> {
  return fc
    .record({
      organisations: fc.integer({ min: 2, max: organisations.length }),
      sectors: fc.integer({ min: 1, max: 3 }),
      sizes: fc.integer({ min: 1, max: 3 }),
      isOpen: fc.boolean(),
    })
    .chain((shape) => {
      const members = organisations.slice(0, shape.organisations);
      const places = members.flatMap((organisation) =>
        sectors
          .slice(0, shape.sectors)
          .flatMap((sector) => sizes.slice(0, shape.sizes).map((size) => ({ organisation, sector, size }))),
      );
      const length = { minLength: places.length, maxLength: places.length };
      const peers = hasPeers ? generatePeers(members) : fc.constant([]);
      return fc.tuple(fc.array(cell, length), peers).map(([cells, groups]): GeneratedWave => {
        const filled = places.map((place, at) => ({ ...place, ...cells[at]! }));
        const input = createInput(codebook, filled, shape.isOpen);
        return { isOpen: shape.isOpen, input: groups.length === 0 ? input : { ...input, peers: groups } };
      });
    });
}

/** One to four groups of any members, which overlap as they like. */
export function generatePeers(organisations: readonly string[]): fc.Arbitrary<readonly PeerGroup[]> {
  return fc.array(fc.subarray([...organisations], { minLength: 1 }), { minLength: 1, maxLength: 4 }).map((groups) =>
    groups.map((members, at): PeerGroup => {
      return {
        code: `chosen-${at + 1}`,
        basis: 'chosen',
        value: `Group ${at + 1}`,
        year: null,
        members: members.sort(),
      };
    }),
  );
}

interface FilledCell {
  readonly organisation: string;
  readonly sector: (typeof sectors)[number];
  readonly size: (typeof sizes)[number];
  readonly answered: number;
  readonly silent: number;
  readonly shares: readonly number[];
}

function createInput(codebook: Codebook, cells: readonly FilledCell[], isOpen: boolean): ReleaseInput {
  const nameOf = ({ organisation, sector, size }: Pick<FilledCell, 'organisation' | 'sector' | 'size'>): string =>
    `${organisation}:${sector}:${size}`;
  const byCode = new Map(cells.map((one) => [nameOf(one), one]));
  const strata = sortStrata(
    cells.map((one) => {
      const { organisation, sector, size, answered, silent } = one;
      const invited = answered + silent;
      const place = { code: nameOf(one), organisation, sector, size, cells: [{ sector, size }] };
      return { ...place, frameCount: invited, invitedCount: invited, ineligibleCount: 0 };
    }),
  );
  const own = strata.map(({ code }) => byCode.get(code)!);
  const take = (of: readonly number[], share: number): number[] =>
    of.map((count, at) => Math.round(count * own[at]!.shares[share]!));
  const respondents = own.map(({ answered }) => answered);
  const users = take(respondents, 0);
  const others = take(
    respondents.map((count, at) => count - users[at]!),
    1,
  );
  const answers: Readonly<Record<string, { valid: readonly number[]; yes: readonly (readonly number[])[] }>> = {
    uses_tool: { valid: respondents, yes: [users, others] },
    purposes: { valid: users, yes: [2, 3, 4, 5].map((share) => take(users, share)) },
    training: { valid: respondents, yes: [take(respondents, 6)] },
  };
  return {
    strata,
    bases: codebook.bases,
    policy: { ...defaultPolicy, isOpenNetwork: isOpen },
    tally: {
      strata: strata.map(({ code }) => code),
      respondents: Int32Array.from(respondents),
      indicators: codebook.indicators.map((indicator) => {
        const { valid, yes } = answers[indicator.id]!;
        return { indicator, valid: Int32Array.from(valid), yes: yes.map((given) => Int32Array.from(given)) };
      }),
    },
  };
}
