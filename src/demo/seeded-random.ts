import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Repeatable draws for the demo network: the same seed gives the same network everywhere. */
export interface SeededRandom {
  /** @returns a number from 0 up to, not including, 1 */
  uniform(): number;
  /** @returns true with the given probability */
  chance(probability: number): boolean;
  /** @returns a draw from the standard normal distribution */
  normal(): number;
  /** @returns one of the values, with probabilities proportional to the weights */
  pick<Value>(weights: readonly (readonly [Value, number])[]): Value;
}

/**
 * Starts a stream of repeatable draws.
 * @param seed any whole number
 * @returns the stream
 */
export function createSeededRandom(seed: number): SeededRandom {
  const generator = xoroshiro128plus(seed);
  const uniform = (): number => uniformFloat64(generator);
  return {
    uniform,
    chance: (probability) => uniform() < probability,
    // Box and Muller (1958)
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick(weights) {
      let left = uniform() * weights.reduce((total, [, weight]) => total + weight, 0);
      for (const [value, weight] of weights) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new RangeError('no weight is above zero');
    },
  };
}
