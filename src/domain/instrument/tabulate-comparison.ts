import { BinaryOperand, ProcessValue, Variable, VariableGetterContext, type Const, type Operand } from 'survey-core';
import type { CodebookVariable } from './codebook';
import type { RawAnswers } from './types';

/** Reads clean answers; values of other questions, which no condition asks for, may be anything. */
export type Condition = (answers: RawAnswers) => boolean;

/** A comparison of one variable with constants, as survey-core parsed it. */
export interface ComparisonParts {
  readonly operand: Operand;
  readonly operator: string;
  readonly variable: string;
  readonly constants: readonly Const[];
}

/**
 * Turns a comparison into a function with survey-core's meaning. For closed variables survey-core's operand is run on
 * every code once, so that an answer is only looked up; for a number or a text the operand itself runs.
 * @param variable the variable, of a type that the operator may be used on
 * @param parts the comparison
 * @returns function over clean answers
 */
export function tabulateComparison(variable: CodebookVariable, parts: ComparisonParts): Condition {
  const { name } = variable;
  const codes = variable.values?.map((value) => value.code) ?? [];
  if (variable.type === 'single') return tabulateSingle(name, codes, parts);
  if (variable.type === 'multiple') return tabulateMultiple(name, codes, parts);
  return (answers) => runOperand(parts.operand, name, answers[name]);
}

function runOperand(operand: Operand, variable: string, answer: unknown): boolean {
  const values = answer === undefined ? {} : { [variable]: answer };
  const result: unknown = operand.evaluate(new ProcessValue(new VariableGetterContext(values)));
  return result === true;
}

function tabulateSingle(name: string, codes: readonly string[], { operand }: ComparisonParts): Condition {
  const whenMissing = runOperand(operand, name, undefined);
  const holding = new Set(codes.filter((code) => runOperand(operand, name, code)));
  return (answers) => {
    const answer = answers[name];
    return typeof answer === 'string' ? holding.has(answer) : whenMissing;
  };
}

/** Ticked codes are compared one by one: which code equals which constant is asked of survey-core. */
function tabulateMultiple(name: string, codes: readonly string[], parts: ComparisonParts): Condition {
  const whenMissing = runOperand(parts.operand, name, undefined);
  const equals = parts.constants.map((constant) => new Set(codes.filter((code) => isSame(constant, code))));
  const isTicked = (ticked: readonly string[], wanted: ReadonlySet<string>) => ticked.some((code) => wanted.has(code));
  const tests: Readonly<Record<string, (ticked: readonly string[]) => boolean>> = {
    contains: (ticked) => equals.every((wanted) => isTicked(ticked, wanted)),
    allof: (ticked) => equals.every((wanted) => isTicked(ticked, wanted)),
    notcontains: (ticked) => !equals.every((wanted) => isTicked(ticked, wanted)),
    anyof: (ticked) => equals.some((wanted) => isTicked(ticked, wanted)),
    noneof: (ticked) => !equals.some((wanted) => isTicked(ticked, wanted)),
  };
  const test = tests[parts.operator] ?? (() => !whenMissing);
  return (answers) => {
    const answer = answers[name];
    return isTicking(answer) && answer.length > 0 ? test(answer) : whenMissing;
  };
}

function isTicking(answer: unknown): answer is readonly string[] {
  return Array.isArray(answer);
}

function isSame(constant: Const, code: string): boolean {
  return runOperand(new BinaryOperand('contains', new Variable('ticked'), constant), 'ticked', [code]);
}
