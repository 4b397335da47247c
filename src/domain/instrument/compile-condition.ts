import { ArrayOperand, BinaryOperand, ConditionsParser, Const, Operand, UnaryOperand, Variable } from 'survey-core';
import type { CodebookVariable } from './codebook';
import { tabulateComparison, type ComparisonParts, type Condition } from './tabulate-comparison';

/** A condition of survey.json or a base, ready to be asked many times. */
export interface CompiledCondition {
  readonly text: string;
  /** Names of the variables it reads, each once. */
  readonly variables: readonly string[];
  readonly holds: Condition;
  /** Its comparisons, each of one variable. */
  readonly comparisons: readonly Comparison[];
}

export interface Comparison {
  readonly variable: string;
  readonly holds: Condition;
  /** Numbers the variable is compared with. */
  readonly numbers: readonly number[];
}

/** Either a compiled condition, or why it cannot be used. */
export interface ConditionResult {
  readonly condition: CompiledCondition | null;
  readonly problems: readonly string[];
}

interface Build {
  readonly variables: ReadonlyMap<string, CodebookVariable>;
  readonly problems: string[];
  readonly comparisons: Comparison[];
}

const operatorsByType: Readonly<Record<CodebookVariable['type'], readonly string[]>> = {
  single: ['equal', 'notequal', 'anyof', 'noneof', 'empty', 'notempty'],
  multiple: ['contains', 'notcontains', 'anyof', 'noneof', 'allof', 'empty', 'notempty'],
  number: ['equal', 'notequal', 'less', 'lessorequal', 'greater', 'greaterorequal', 'empty', 'notempty'],
  text: ['empty', 'notempty'],
};

/**
 * Compiles a survey-core expression into a function over clean answers. Supported are comparisons of one variable with
 * constants, joined by `and`, `or` and `!`; functions, arithmetic and comparisons of two variables are refused.
 * The meaning is survey-core's: a comparison of a closed variable is tabulated by running survey-core's own parsed
 * operand on every code, one of a number or a text runs that operand itself.
 * @param text expression such as {a} = 'yes' and {b} anyof ['x', 'y']
 * @param variables variables of the codebook by name
 * @returns the condition, or the problems when any was found
 */
export function compileCondition(text: string, variables: ReadonlyMap<string, CodebookVariable>): ConditionResult {
  const parser = new ConditionsParser();
  const parsed: unknown = parser.parseExpression(text);
  if (!(parsed instanceof Operand)) return { condition: null, problems: [`"${text}" cannot be read as a condition`] };
  const build: Build = { variables, problems: [], comparisons: [] };
  const holds = compileOperand(parsed, build);
  if (build.problems.length > 0) return { condition: null, problems: build.problems };
  const names = [...new Set(build.comparisons.map((comparison) => comparison.variable))];
  return { condition: { text, variables: names, holds, comparisons: build.comparisons }, problems: [] };
}

function compileOperand(operand: unknown, build: Build): Condition {
  if (operand instanceof BinaryOperand && operand.isConjunction) {
    const left = compileOperand(operand.leftOperand, build);
    const right = compileOperand(operand.rightOperand, build);
    return operand.conjunction === 'and'
      ? (answers) => left(answers) && right(answers)
      : (answers) => left(answers) || right(answers);
  }
  if (operand instanceof UnaryOperand && operand.operator === 'negate') {
    const inner = compileOperand(operand.expression, build);
    return (answers) => !inner(answers);
  }
  return compileComparison(operand, build);
}

function compileComparison(operand: unknown, build: Build): Condition {
  const parts = readComparison(operand);
  if (parts === null) {
    return refuse(build, 'only comparisons of one variable with constants, joined by and, or, !, are supported');
  }
  const variable = build.variables.get(parts.variable);
  if (variable === undefined) return refuse(build, `unknown variable "${parts.variable}"`);
  const allowed = operatorsByType[variable.type];
  if (!allowed.includes(parts.operator)) {
    return refuse(
      build,
      `${parts.operator} cannot be used on ${variable.type} "${variable.name}"; use ${allowed.join(', ')}`,
    );
  }
  const codes = variable.values?.map((value) => value.code) ?? [];
  const isClosed = variable.type === 'single' || variable.type === 'multiple';
  const constants = parts.constants.map((constant): unknown => constant.correctValue);
  const unknown = constants.filter((constant) =>
    isClosed ? !codes.includes(String(constant)) : typeof constant !== 'number',
  );
  if (unknown.length > 0) {
    const what = isClosed ? 'has no code' : 'is a number and cannot be compared with';
    return refuse(
      build,
      `"${variable.name}" ${what} ${unknown.map((constant) => JSON.stringify(constant)).join(', ')}`,
    );
  }
  const holds = tabulateComparison(variable, parts);
  const numbers = constants.filter((constant) => typeof constant === 'number');
  build.comparisons.push({ variable: variable.name, holds, numbers });
  return holds;
}

function refuse(build: Build, problem: string): Condition {
  build.problems.push(problem);
  return () => false;
}

function readComparison(operand: unknown): ComparisonParts | null {
  if (operand instanceof UnaryOperand && operand.expression instanceof Variable) {
    return { operand, operator: operand.operator, variable: operand.expression.variable, constants: [] };
  }
  if (!(operand instanceof BinaryOperand) || operand.isArithmetic) return null;
  const left: unknown = operand.leftOperand;
  const right: unknown = operand.rightOperand;
  const constants = right instanceof ArrayOperand ? right.values : [right];
  if (!(left instanceof Variable) || !constants.every(isConstant)) return null;
  return { operand, operator: operand.operator, variable: left.variable, constants };
}

// survey-core's Variable is a kind of Const.
function isConstant(operand: unknown): operand is Const {
  return operand instanceof Const && !(operand instanceof Variable);
}
