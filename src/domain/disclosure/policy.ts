import { z } from 'zod';
import type { DisclosurePolicy } from './types';

/** No network may show figures on fewer valid answers than this (OsloMet: "5 or fewer" is identifiable). */
export const minimumCellSizeFloor = 5;

/** Rules of a wave unless its network has chosen stricter ones: closed network, k = 7, K_org = 3, 60 %. */
export const defaultPolicy: DisclosurePolicy = {
  version: 1,
  minimumCellSize: 7,
  isOpenNetwork: false,
  minimumOrganisations: 3,
  maximumOrganisationShare: 0.6,
};

/** Reads and checks a stored or submitted policy; every limit can be made stricter than the default, k down to 5. */
export const disclosurePolicySchema = z.strictObject({
  version: z.int().min(1),
  minimumCellSize: z.int().min(minimumCellSizeFloor).max(100),
  isOpenNetwork: z.boolean(),
  minimumOrganisations: z.int().min(defaultPolicy.minimumOrganisations).max(100),
  maximumOrganisationShare: z.number().min(0.3).max(defaultPolicy.maximumOrganisationShare),
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
    next.maximumOrganisationShare <= current.maximumOrganisationShare
  );
}
