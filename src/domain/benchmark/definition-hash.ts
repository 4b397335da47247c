import type { Codebook, Indicator, IndicatorOption } from '../instrument/codebook';
import type { CompiledInstrument } from '../instrument/types';
import { hashCanonical } from './release-hashes';

/** A questionnaire, and whom a wave asks with it. */
export interface AskedInstrument {
  readonly instrument: Pick<CompiledInstrument, 'codebook' | 'pages'>;
  /** Kind of people or workplaces in the wave's frame. */
  readonly population: string;
}

/**
 * Hashes all that decides what a figure means: who is asked, with which words in every language, which answers could be
 * given and which of them count. Figures of two waves belong to one series only when their hashes are equal.
 * @param asked questionnaire and population of a wave
 * @param indicator an indicator of its codebook
 * @param option one of the indicator's options
 * @returns SHA-256, 64 hexadecimal digits
 */
export function hashDefinition(
  { instrument, population }: AskedInstrument,
  indicator: Indicator,
  option: IndicatorOption,
): string {
  const { codebook, pages } = instrument;
  const questions = new Map(pages.flatMap((page) => page.questions.map((question) => [question.name, question])));
  const { base, answered } = indicator.denominator;
  const used = collectVariables(codebook, [
    ...answered,
    ...option.numerator.map(({ variable }) => variable),
    ...listVariablesIn(conditionOf(codebook, base)),
  ]);
  return hashCanonical({
    population: [codebook.population, population],
    referencePeriodMonths: codebook.referencePeriodMonths,
    denominator: { when: conditionOf(codebook, base), answered: [...answered].sort() },
    numerator: option.numerator,
    questions: used.map((name) => ({ name, when: askedWhen(codebook, name), question: questions.get(name) ?? null })),
  });
}

/** Variables and those that decide whether they are asked, in code order. */
function collectVariables(codebook: Codebook, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    waiting.push(...listVariablesIn(askedWhen(codebook, name)));
  }
  return [...found].sort();
}

function askedWhen(codebook: Codebook, variable: string): string {
  const base = codebook.variables.find(({ name }) => name === variable)?.base;
  return base === undefined ? '' : conditionOf(codebook, base);
}

function conditionOf(codebook: Codebook, base: string): string {
  const when = codebook.bases.find(({ id }) => id === base)?.when ?? '';
  return when.replace(/\s+/g, ' ').trim();
}

function listVariablesIn(expression: string): readonly string[] {
  return [...expression.matchAll(/\{([a-z][a-z0-9_]*)/g)].flatMap(([, name]) => name ?? []);
}
