import type { ShareEstimate } from './types';

/** Below this n* p (1 - p) the t distribution is not trusted. */
const smallestTestableInformation = 3;

/**
 * Whether a share rests on too little information for a t test: n* p (1 - p) below 3, with n* without finite population
 * correction.
 * Source: the usual rule of five expected cases, for effective counts; Cochran (1954), Biometrics 10.
 * @param estimate - share and its effective sample size
 * @returns true where no t test should be made
 */
export function isSparseShare({ share, effectiveNoFpc }: Pick<ShareEstimate, 'share' | 'effectiveNoFpc'>): boolean {
  return effectiveNoFpc * share * (1 - share) < smallestTestableInformation;
}
