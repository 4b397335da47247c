/** What is known of one unit's stratum in a sealed wave at the level fortrolig. */
export interface StratumOfUnit {
  /** Responses of the stratum that are kept. */
  readonly responses: number;
  /** Units of the stratum that were invited. */
  readonly invitedUnits: number;
  /** Invitations of the stratum that were answered, and whether the unit's was; null once invitations are deleted. */
  readonly answered: { readonly inStratum: number; readonly byUnit: boolean } | null;
}

/**
 * Tells whether the one response of a stratum is certainly that of a given unit. Only then can it be found after sealing,
 * and only then does the right to erasure reach it (GDPR articles 11 and 17).
 * @param stratum what is known of the unit's stratum
 * @returns true when no other unit can have given the response
 */
export function isSoleResponse({ responses, invitedUnits, answered }: StratumOfUnit): boolean {
  if (responses !== 1) return false;
  if (answered === null) return invitedUnits === 1;
  return answered.byUnit && answered.inStratum === 1;
}
