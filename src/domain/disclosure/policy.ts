import { z } from 'zod';
import type { IntervalMethod } from '../statistics/types';
import type { DisclosurePolicy } from './types';

/** No network may show figures on fewer valid answers than this (OsloMet: "5 or fewer" is identifiable). */
export const minimumCellSizeFloor = 5;

/** Rules of a wave unless its network has chosen stricter ones: closed network, k = 7, K_org = 3, 60 %, 5 points. */
export const defaultPolicy: DisclosurePolicy = {
  version: 2,
  minimumCellSize: 7,
  isOpenNetwork: false,
  minimumOrganisations: 3,
  maximumOrganisationShare: 0.6,
  insiders: 1,
  minimumWorkplaces: 3,
  buildingBlocks: false,
  minimumRelevantDifference: 5,
  conservativeIntervals: false,
};

/** Limits besides k that a network may agree to make stricter in all its waves. */
export const agreedLimits = [
  'minimumOrganisations',
  'minimumWorkplaces',
  'insiders',
  'minimumRelevantDifference',
] as const;
export type AgreedLimit = (typeof agreedLimits)[number];

/** Choices that a network may agree on in all its waves. */
export const agreedChoices = ['buildingBlocks', 'conservativeIntervals'] as const;
export type AgreedChoice = (typeof agreedChoices)[number];
export type AgreedLimits = Pick<DisclosurePolicy, AgreedLimit | AgreedChoice>;

/** The strictest that can be agreed. */
export const largestLimits: Readonly<Record<AgreedLimit, number>> = {
  minimumOrganisations: 100,
  minimumWorkplaces: 100,
  insiders: 5,
  minimumRelevantDifference: 50,
};

/** The least strict that can be agreed; a smaller difference that counts hides nothing less. */
export const smallestLimits: Readonly<Record<AgreedLimit, number>> = {
  minimumOrganisations: defaultPolicy.minimumOrganisations,
  minimumWorkplaces: defaultPolicy.minimumWorkplaces,
  insiders: defaultPolicy.insiders,
  minimumRelevantDifference: 1,
};

const limit = (name: AgreedLimit) =>
  z.int().min(smallestLimits[name]).max(largestLimits[name]).default(defaultPolicy[name]);

/** Reads and checks what a network has agreed; what it does not name has its default. */
export const agreedLimitsSchema = z.strictObject({
  minimumOrganisations: limit('minimumOrganisations'),
  minimumWorkplaces: limit('minimumWorkplaces'),
  insiders: limit('insiders'),
  minimumRelevantDifference: limit('minimumRelevantDifference'),
  buildingBlocks: z.boolean().default(defaultPolicy.buildingBlocks),
  conservativeIntervals: z.boolean().default(defaultPolicy.conservativeIntervals),
});

/** What a network has agreed that its waves begin with. */
export interface AgreedRules {
  readonly isOpen: boolean;
  readonly limits: AgreedLimits;
}

/**
 * Makes the rules of a new wave.
 * @param agreed what its network has agreed.
 * @param minimumCellSize smallest number of valid answers behind a figure.
 * @returns the rules; where the network has agreed nothing, the defaults.
 */
export function createPolicy({ isOpen, limits }: AgreedRules, minimumCellSize: number): DisclosurePolicy {
  return { ...defaultPolicy, ...limits, minimumCellSize, isOpenNetwork: isOpen };
}

/**
 * Reads and checks a stored or submitted policy; every limit can be made stricter than the default, k down to 5. Policies
 * of version 1 do not name the last ones and have their defaults.
 */
export const disclosurePolicySchema = z.strictObject({
  version: z.int().min(1),
  minimumCellSize: z.int().min(minimumCellSizeFloor).max(100),
  isOpenNetwork: z.boolean(),
  maximumOrganisationShare: z.number().min(0.3).max(defaultPolicy.maximumOrganisationShare),
  minimumOrganisations: z.int().min(defaultPolicy.minimumOrganisations).max(largestLimits.minimumOrganisations),
  ...agreedLimitsSchema.omit({ minimumOrganisations: true }).shape,
});

/**
 * Reads a policy.
 * @param input anything, for instance a stored JSON value.
 * @returns the policy, or null when it breaks a floor or is not a policy.
 */
export function readPolicy(input: unknown): DisclosurePolicy | null {
  const result = disclosurePolicySchema.safeParse(input);
  return result.success ? result.data : null;
}

/**
 * @param policy rules of a release.
 * @returns the smallest difference of shares that is called clear, 0-1.
 */
export function readRelevantDifference({ minimumRelevantDifference }: DisclosurePolicy): number {
  return minimumRelevantDifference / 100;
}

/**
 * @param policy rules of a release.
 * @returns how its shares are described.
 */
export function readIntervalMethod({ conservativeIntervals }: DisclosurePolicy): IntervalMethod {
  return conservativeIntervals ? 'korn_graubard' : 'wilson';
}

/**
 * Tells whether rules may be replaced once answers have been collected under them: respondents were promised the old
 * rules, so the new ones must protect at least as much.
 * @param current the rules the answers were collected under.
 * @param next the rules wished for.
 * @returns true when nothing is loosened.
 */
export function isAtLeastAsStrict(current: DisclosurePolicy, next: DisclosurePolicy): boolean {
  return (
    next.minimumCellSize >= Math.max(current.minimumCellSize, minimumCellSizeFloor) &&
    (current.isOpenNetwork || !next.isOpenNetwork) &&
    next.minimumOrganisations >= current.minimumOrganisations &&
    next.maximumOrganisationShare <= current.maximumOrganisationShare &&
    next.insiders >= current.insiders &&
    next.minimumWorkplaces >= current.minimumWorkplaces &&
    (next.buildingBlocks || !current.buildingBlocks) &&
    next.minimumRelevantDifference >= current.minimumRelevantDifference &&
    // Two kinds of intervals on the same answers tell more than one of them.
    next.conservativeIntervals === current.conservativeIntervals
  );
}
