import type { Codebook, Indicator, IndicatorCondition } from './codebook';
import { compileBases } from './compile-bases';
import type { Condition } from './tabulate-comparison';
import type { Answer, Answers } from './types';

/** What one unit's answers say about an indicator. */
export interface IndicatorValue {
  /** True when the unit counts in the denominator. */
  readonly isValid: boolean;
  /** For each option, in the indicator's order, whether its numerator holds; all false when the unit does not count. */
  readonly options: readonly boolean[];
}

/** An indicator ready to be evaluated for many responses. */
export interface CompiledIndicator {
  readonly indicator: Indicator;
  readonly evaluate: (answers: Answers) => IndicatorValue;
}

/**
 * Compiles every indicator of a codebook.
 * @param codebook a codebook without faults
 * @returns compiled indicators in the order of the codebook
 * @throws Error when a base's condition cannot be used or an indicator's base is unknown
 */
export function compileIndicators(codebook: Codebook): readonly CompiledIndicator[] {
  const bases = compileBases(codebook);
  return codebook.indicators.map((indicator) => {
    const isInBase = bases.get(indicator.denominator.base);
    if (isInBase === undefined)
      throw new Error(`indicator ${indicator.id}: unknown base ${indicator.denominator.base}`);
    return { indicator, evaluate: compileIndicator(indicator, isInBase) };
  });
}

function compileIndicator(indicator: Indicator, isInBase: Condition): (answers: Answers) => IndicatorValue {
  const { answered } = indicator.denominator;
  const numerators = indicator.options.map((option) => option.numerator.map(compileNumerator));
  const notValid: IndicatorValue = { isValid: false, options: numerators.map(() => false) };
  return (answers) => {
    if (!isInBase(answers) || !answered.every((name) => Object.hasOwn(answers, name))) return notValid;
    return { isValid: true, options: numerators.map((conditions) => conditions.some((holds) => holds(answers))) };
  };
}

function compileNumerator(condition: IndicatorCondition): (answers: Answers) => boolean {
  const codes: ReadonlySet<Answer> = new Set<Answer>(condition.in);
  const least = condition.atLeast ?? 1;
  const { variable } = condition;
  return (answers) => {
    const answer = Object.hasOwn(answers, variable) ? answers[variable] : undefined;
    if (answer === undefined) return false;
    if (typeof answer !== 'object') return least === 1 && codes.has(answer);
    let ticked = 0;
    for (const code of answer) if (codes.has(code)) ticked += 1;
    return ticked >= least;
  };
}
