import { createConditionCompiler, type AnswerCondition } from './answer-codes';
import type { Codebook, Indicator } from './codebook';
import { compileBases } from './compile-bases';
import type { Answers } from './types';

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
  const bases = new Map([...compileBases(codebook)].map(([id, holds]) => [id, rememberLast(holds)]));
  const conditions = codebook.indicators.flatMap(({ options }) => options.flatMap(({ numerator }) => numerator));
  const compile = createConditionCompiler(conditions);
  return codebook.indicators.map((indicator) => {
    const isInBase = bases.get(indicator.denominator.base);
    if (isInBase === undefined)
      throw new Error(`indicator ${indicator.id}: unknown base ${indicator.denominator.base}`);
    const numerators = indicator.options.map(({ numerator }) => numerator.map(compile));
    return { indicator, evaluate: compileIndicator(indicator, isInBase, numerators) };
  });
}

/** Many indicators share a base, and are asked about one response after the other. */
function rememberLast(holds: AnswerCondition): AnswerCondition {
  let last: Answers | null = null;
  let result = false;
  return (answers) => {
    if (answers === last) return result;
    result = holds(answers);
    last = answers;
    return result;
  };
}

function compileIndicator(
  indicator: Indicator,
  isInBase: AnswerCondition,
  numerators: readonly (readonly AnswerCondition[])[],
): (answers: Answers) => IndicatorValue {
  const { answered } = indicator.denominator;
  const notValid: IndicatorValue = { isValid: false, options: numerators.map(() => false) };
  return (answers) => {
    if (!isInBase(answers) || !answered.every((name) => Object.hasOwn(answers, name))) return notValid;
    return { isValid: true, options: numerators.map((conditions) => conditions.some((holds) => holds(answers))) };
  };
}
