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
  /** Respondents who may tell each other what they answered, and so know a unanimous group's answers but for these (R2). */
  readonly insiders: number;
  /** Invited workplaces that a figure's cells must hold together. */
  readonly minimumWorkplaces: number;
  /** Whether only groups are shown that are made of fixed building blocks of enough answers each. */
  readonly buildingBlocks: boolean;
  /** Smallest difference that is called clear, in percentage points. */
  readonly minimumRelevantDifference: number;
  /** Whether shares are described by Korn and Graubard's interval instead of Wilson's. */
  readonly conservativeIntervals: boolean;
}

/** The finest combination of all dimensions that any group uses, with its answers to one indicator. */
export interface Atom {
  readonly organisation: string;
  readonly sector: string | null;
  readonly size: string | null;
  /** Codes of the organisation's peer groups; none when left out. */
  readonly peers?: readonly string[];
  /** Valid answers to the indicator. */
  readonly validCount: number;
  /** Per option of the indicator: how many gave it. */
  readonly optionCounts: readonly number[];
  /** What each of its respondents counts in a share; 1 when left out. */
  readonly weight?: number;
  /** Invited workplaces; as many as valid answers when left out. */
  readonly workplaces?: number;
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
  /** Groups that another mask over the same answers hides: they stay hidden, and must not follow from what is shown. */
  readonly alreadyHidden?: ReadonlySet<GroupKey>;
}

/**
 * Why a group is hidden; kept with the release, shown to administrators only. "workplaces": enough answers, from too few
 * workplaces; "blocks": it divides a building block; "audit": an attack on the printed figures found a small set;
 * "effort": it could not be proved safe within the effort allowed; "correction": an earlier release did not tell it, or told
 * it otherwise.
 */
export const hiddenReasons = [
  'empty',
  'threshold',
  'workplaces',
  'homogeneity',
  'blocks',
  'complement',
  'organisations',
  'audit',
  'effort',
  'correction',
] as const;
export type HiddenReason = (typeof hiddenReasons)[number];

/** Groups that may be shown, and the reason for every other. */
export interface Mask {
  readonly published: ReadonlySet<GroupKey>;
  readonly hidden: ReadonlyMap<GroupKey, HiddenReason>;
}
