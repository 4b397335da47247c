import type { GroupKey } from '../benchmark/types';
import type { Stratum } from '../fieldwork/types';
import { declareLattice } from './lattice';
import { mergeAtoms, resolveGroups } from './respondent-sets';
import { computeMask } from './suppression-mask';
import type { Atom, DisclosurePolicy, HiddenReason } from './types';

/** What a wave is expected to bring. */
export interface ForecastInput {
  readonly strata: readonly Stratum[];
  /** Valid answers per invited unit, 0-1. */
  readonly expectedResponseRate: number;
  readonly policy: DisclosurePolicy;
}

/** An organisation, or one sector of it, that is expected to get no figures of its own. */
export interface ForecastHidden {
  readonly group: GroupKey;
  readonly organisation: string;
  readonly sector: string | null;
  readonly invitedCount: number;
  readonly expectedValidCount: number;
  readonly reason: HiddenReason;
}

/**
 * Foretells which organisation totals and organisation by sector cells will be hidden, so that a coordinator can invite
 * more units or merge cells before the wave opens. Complementary hiding is foretold with the expected counts, so the
 * cells hidden to protect others may be different ones in the end.
 * @param input strata of the frame, expected response rate and rules.
 * @returns hidden groups with at least one invited unit, totals first.
 */
export function forecastHidden(input: ForecastInput): readonly ForecastHidden[] {
  const { strata, policy } = input;
  const declared = declareLattice({
    organisations: [...new Set(strata.map(({ organisation }) => organisation))],
    sectors: [...new Set(strata.flatMap(({ sector }) => sector ?? []))],
    sizes: [...new Set(strata.flatMap(({ size }) => size ?? []))],
  });
  const atoms = expectAnswers(input);
  const { hidden } = computeMask({ policy, sensitivity: 0, atoms, groups: declared });
  const invited = resolveGroups(
    declared,
    mergeAtoms(strata.map((stratum) => createAtom(stratum, stratum.invitedCount))),
  );
  const expected = resolveGroups(declared, mergeAtoms(atoms));
  return invited.flatMap(({ group, count }, i): ForecastHidden[] => {
    const reason = hidden.get(group.key);
    const { key, organisation, sector, size } = group;
    if (reason === undefined || organisation === null || size !== null || count === 0) return [];
    const expectedValidCount = expected[i]?.count ?? 0;
    return [{ group: key, organisation, sector, invitedCount: count, expectedValidCount, reason }];
  });
}

/** Whole expected answers per stratum; carrying the fractions on keeps the totals of sectors and organisations right. */
function expectAnswers({ strata, expectedResponseRate }: ForecastInput): readonly Atom[] {
  const invitedSoFar = new Map<string, number>();
  return strata.map((stratum) => {
    const before = invitedSoFar.get(stratum.organisation) ?? 0;
    const after = before + stratum.invitedCount;
    invitedSoFar.set(stratum.organisation, after);
    return createAtom(stratum, Math.round(after * expectedResponseRate) - Math.round(before * expectedResponseRate));
  });
}

function createAtom({ organisation, sector, size }: Stratum, validCount: number): Atom {
  return { organisation, sector, size, validCount, optionCounts: [] };
}
