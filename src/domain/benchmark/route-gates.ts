import type { CodebookBase, Indicator } from '../instrument/codebook';

const variablePattern = /\{([a-z][a-z0-9_]*)\}/g;

/**
 * Finds, for every indicator, those whose answers decide who it is asked of. The number of answers to "what kind of
 * innovation?" is the number that said yes to "any innovation?", so the former may be shown for a group only where the
 * latter is.
 * @param indicators indicators of the codebook
 * @param bases bases of the codebook, with the conditions that route to them
 * @returns per indicator identifier, identifiers of the indicators that must be shown for the same group
 */
export function findRouteGates(
  indicators: readonly Indicator[],
  bases: readonly CodebookBase[],
): ReadonlyMap<string, readonly string[]> {
  const conditions = new Map(bases.map(({ id, when }) => [id, readVariables(when)]));
  return new Map(
    indicators.map((indicator) => {
      const { base } = indicator.denominator;
      const routing = conditions.get(base) ?? new Set();
      const gates = indicators.filter(
        (other) =>
          other.denominator.base !== base &&
          !dependsOn(conditions.get(other.denominator.base), indicator) &&
          other.denominator.answered.some((variable) => routing.has(variable)),
      );
      return [indicator.id, gates.map(({ id }) => id)];
    }),
  );
}

function readVariables(condition: string): ReadonlySet<string> {
  return new Set([...condition.matchAll(variablePattern)].map((match) => match[1] ?? ''));
}

/** An indicator that is itself asked because of the other's answers cannot be its gate. */
function dependsOn(routing: ReadonlySet<string> | undefined, indicator: Indicator): boolean {
  return indicator.denominator.answered.some((variable) => routing?.has(variable) ?? false);
}
