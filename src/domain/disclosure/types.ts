import type { Group, GroupKey } from '../benchmark/types';

/** Rules of one wave; k may be raised, never lowered under data already collected. */
export interface DisclosurePolicy {
  readonly version: number;
  /** Smallest number of valid answers behind a figure. */
  readonly minimumCellSize: number;
  /** Whether members agreed in writing to see each other. */
  readonly isOpenNetwork: boolean;
  /** Closed networks: other organisations a comparator needs (K_org), and the largest share one of them may hold. */
  readonly minimumOrganisations: number;
  readonly maximumOrganisationShare: number;
}

/** The finest combination of all dimensions that any group uses, with its answers to one indicator. */
export interface Atom {
  readonly organisation: string;
  readonly sector: string | null;
  readonly size: string | null;
  /** Valid answers to the indicator. */
  readonly validCount: number;
  /** Per option of the indicator: how many gave it. */
  readonly optionCounts: readonly number[];
}

/** One group of the lattice with its priority: lower is published first. */
export interface LatticeGroup extends Group {
  readonly priority: number;
}

export interface MaskInput {
  readonly policy: DisclosurePolicy;
  readonly sensitivity: 0 | 1;
  readonly atoms: readonly Atom[];
  readonly groups: readonly LatticeGroup[];
}

/** Why a group is hidden; kept with the release, shown to administrators only. */
export type HiddenReason = 'empty' | 'threshold' | 'homogeneity' | 'complement' | 'organisations';

/** Groups that may be shown, and the reason for every other. */
export interface Mask {
  readonly published: ReadonlySet<GroupKey>;
  readonly hidden: ReadonlyMap<GroupKey, HiddenReason>;
}
