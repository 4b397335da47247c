import type { Indicator } from '../instrument/codebook';
import type { CompiledIndicator } from '../instrument/indicator-values';
import type { Answers } from '../instrument/types';

/** Answers to one indicator, counted per stratum. Whole numbers: the order of the responses leaves no trace. */
export interface IndicatorTally {
  readonly indicator: Indicator;
  /** Valid answers per stratum. */
  readonly valid: Int32Array;
  /** Per option of the indicator: answers that count in its numerator, per stratum. */
  readonly yes: readonly Int32Array[];
}

/** Everything a release needs to know of the responses. */
export interface ResponseTally {
  /** Stratum codes; every list of counts follows this order. */
  readonly strata: readonly string[];
  /** Responses per stratum. */
  readonly respondents: Int32Array;
  readonly indicators: readonly IndicatorTally[];
}

/** Takes one response after the other, in any order. */
export interface ResponseCounter {
  readonly tally: ResponseTally;
  /**
   * @param stratum code of the respondent's stratum
   * @param answers clean answers of one response
   * @throws RangeError when the stratum is not one of the wave's
   */
  add(stratum: string, answers: Answers): void;
}

/**
 * Counts responses per stratum in one pass; memory does not grow with their number.
 * @param indicators indicators to evaluate
 * @param strata stratum codes of the wave, each once
 * @returns a counter with an empty tally
 */
export function createResponseCounter(
  indicators: readonly CompiledIndicator[],
  strata: readonly string[],
): ResponseCounter {
  const positions = new Map(strata.map((code, index) => [code, index]));
  const respondents = new Int32Array(strata.length);
  const tallies = indicators.map(({ indicator }) => ({
    indicator,
    valid: new Int32Array(strata.length),
    yes: indicator.options.map(() => new Int32Array(strata.length)),
  }));
  return {
    tally: { strata, respondents, indicators: tallies },
    add(stratum, answers) {
      const at = positions.get(stratum);
      if (at === undefined) throw new RangeError(`Stratum ${stratum} is not in the wave.`);
      increase(respondents, at);
      indicators.forEach(({ evaluate }, index) => {
        const tally = tallies[index];
        const value = evaluate(answers);
        if (tally === undefined || !value.isValid) return;
        increase(tally.valid, at);
        tally.yes.forEach((counts, option) => {
          if (value.options[option] === true) increase(counts, at);
        });
      });
    },
  };
}

function increase(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
