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

/**
 * Lists gates, the gates of those gates, and so on.
 * @param indicator identifier of an indicator
 * @param gates direct gates by indicator
 * @returns identifiers, each once
 */
export function listGatesBefore(indicator: string, gates: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const waiting = [...(gates.get(indicator) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(gates.get(next) ?? []));
  }
  return [...found];
}

/**
 * Puts indicators in an order in which the gates of each come before it.
 * @param indicators identifiers
 * @param gates direct gates by indicator, all of them among the indicators
 * @returns identifiers; those without gates first, otherwise in given order
 * @throws RangeError when gates go in a circle
 */
export function orderByGates(
  indicators: readonly string[],
  gates: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const ordered = new Set<string>();
  for (let waiting = indicators; waiting.length > 0; waiting = waiting.filter((id) => !ordered.has(id))) {
    const next = waiting.filter((id) => (gates.get(id) ?? []).every((gate) => ordered.has(gate)));
    if (next.length === 0) throw new RangeError(`The routes to ${waiting.join(', ')} go in a circle.`);
    for (const id of next) ordered.add(id);
  }
  return [...ordered];
}

function readVariables(condition: string): ReadonlySet<string> {
  return new Set([...condition.matchAll(variablePattern)].map((match) => match[1] ?? ''));
}

/** An indicator that is itself asked because of the other's answers cannot be its gate. */
function dependsOn(routing: ReadonlySet<string> | undefined, indicator: Indicator): boolean {
  return indicator.denominator.answered.some((variable) => routing?.has(variable) ?? false);
}
