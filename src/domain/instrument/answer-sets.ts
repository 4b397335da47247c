import type { CodebookVariable } from './codebook';
import type { Comparison } from './compile-condition';
import type { Answer, Answers } from './types';

/** Up to this many combinations every one is tried; above, as many as `sampleSize` are drawn. */
const maximumCombinations = 20_000;
const sampleSize = 10_000;
/** Multiple choices of up to this many codes are tried in every combination. */
const maximumCodesForAllSubsets = 10;

type Candidate = Answer | undefined;

/**
 * Makes sets of answers that try out conditions. Answers that no comparison tells apart are represented by one, so the
 * sets are complete when there are few; otherwise they are drawn pseudo-randomly, always the same ones.
 * @param variables variables that the conditions read
 * @param comparisons all comparisons of those conditions
 * @yields sets of answers, hidden ones included
 */
export function* generateAnswerSets(
  variables: readonly CodebookVariable[],
  comparisons: readonly Comparison[],
): Generator<Answers> {
  const candidates = variables.map((variable) => representatives(variable, comparisons));
  const combinations = candidates.reduce((product, list) => product * list.length, 1);
  const isExhaustive = combinations <= maximumCombinations;
  const draw = makeGenerator(20_240_501);
  for (let number = 0; number < (isExhaustive ? combinations : sampleSize); number += 1) {
    let rest = number;
    const answers: Record<string, Answer> = {};
    variables.forEach((variable, index) => {
      const list = candidates[index] ?? [];
      const picked = isExhaustive ? rest % list.length : draw(list.length);
      rest = Math.floor(rest / list.length);
      const answer = list[picked];
      if (answer !== undefined) answers[variable.name] = answer;
    });
    yield answers;
  }
}

function representatives(variable: CodebookVariable, comparisons: readonly Comparison[]): readonly Candidate[] {
  const own = comparisons.filter((comparison) => comparison.variable === variable.name);
  const bySignature = new Map<string, Candidate>();
  for (const candidate of candidatesOf(variable, own)) {
    const answers: Answers = candidate === undefined ? {} : { [variable.name]: candidate };
    const signature = own.map(({ holds }) => (holds(answers) ? '1' : '0')).join('');
    if (!bySignature.has(signature)) bySignature.set(signature, candidate);
  }
  return [...bySignature.values()];
}

function candidatesOf(variable: CodebookVariable, comparisons: readonly Comparison[]): readonly Candidate[] {
  const codes = (variable.values ?? []).map(({ code }) => code);
  switch (variable.type) {
    case 'single':
      return [undefined, ...codes];
    case 'multiple':
      return [undefined, ...subsets(variable, codes)];
    case 'number': {
      const limits = comparisons.flatMap(({ numbers }) => numbers);
      return [undefined, 0, ...limits.flatMap((limit) => [limit - 1, limit - 0.5, limit, limit + 0.5, limit + 1])];
    }
    case 'text':
      return [undefined, 'text'];
  }
}

function subsets(variable: CodebookVariable, codes: readonly string[]): readonly (readonly string[])[] {
  const exclusive = (variable.values ?? []).filter((value) => value.exclusive === true).map(({ code }) => code);
  const free = codes.filter((code) => !exclusive.includes(code));
  const alone = exclusive.map((code) => [code]);
  if (free.length <= maximumCodesForAllSubsets) {
    const masks = Array.from({ length: 2 ** free.length - 1 }, (_, index) => index + 1);
    return [...alone, ...masks.map((mask) => free.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1))];
  }
  const singles = free.map((code) => [code]);
  const pairs = free.flatMap((first, index) => free.slice(index + 1).map((second) => [first, second]));
  const allButOne = free.map((left) => free.filter((code) => code !== left));
  return [...alone, ...singles, ...pairs, ...allButOne, free];
}

/** Lehmer's generator (Park & Miller 1988, "minstd"): the same draws on every machine. */
function makeGenerator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
