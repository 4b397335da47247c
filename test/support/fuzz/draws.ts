import { createSeededRandom } from '../../../src/demo/seeded-random';

/** Repeatable draws for requests. */
export interface Draws {
  readonly chance: (probability: number) => boolean;
  readonly below: (bound: number) => number;
  readonly one: <Value>(values: readonly Value[]) => Value;
}

/** @param seed any whole number */
export function createDraws(seed: number): Draws {
  const random = createSeededRandom(seed);
  const below = (bound: number): number => Math.floor(random.uniform() * bound);
  return { chance: (probability) => random.chance(probability), below, one: (values) => values[below(values.length)]! };
}

/** Changes one character of a text, cuts it or adds to it. */
export function tamper(draws: Draws, text: string): string {
  const at = draws.below(text.length + 1);
  const changed = [
    `${text.slice(0, at)}A${text.slice(at + 1)}`,
    text.slice(0, at),
    `${text}x`,
    text.toUpperCase(),
    `${text.slice(0, at)}.${text.slice(at)}`,
  ];
  return draws.one(changed);
}
