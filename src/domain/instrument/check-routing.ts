import { generateAnswerSets } from './answer-sets';
import type { Codebook } from './codebook';
import type { CompiledCondition } from './compile-condition';
import { walkVisible, type RoutedPage } from './compile-routing';
import { codebookFault, surveyFault } from './fault';
import type { Answers, InstrumentFault } from './types';

type Bases = ReadonlyMap<string, CompiledCondition | null>;

interface Visit {
  readonly answers: Answers;
  readonly visible: ReadonlySet<string>;
}

/**
 * Tries the routing out on many sets of answers: finds what is never shown, bases that nobody is in, variables whose base is not who is really
 * asked, and indicators whose denominator reaches beyond those asked.
 * @param pages compiled routing without faults
 * @param bases compiled bases without faults, null for everybody
 * @param codebook the codebook
 * @returns faults with their JSON path
 */
export function checkRouting(
  pages: readonly RoutedPage[],
  bases: Bases,
  codebook: Codebook,
): readonly InstrumentFault[] {
  const visits = [...visitAll(pages, bases, codebook)];
  return [
    ...findUnreachable(pages, visits),
    ...findEmptyBases(bases, codebook, visits),
    ...checkBases(bases, codebook, visits),
    ...checkDenominators(bases, codebook, visits),
  ];
}

function* visitAll(pages: readonly RoutedPage[], bases: Bases, codebook: Codebook): Generator<Visit> {
  const conditions = [
    ...pages.flatMap((page) => [page.condition, ...page.questions.map(({ condition }) => condition)]),
    ...bases.values(),
  ].filter((condition) => condition !== null);
  const read = new Set(conditions.flatMap((condition) => condition.variables));
  const variables = codebook.variables.filter(({ name }) => read.has(name));
  const comparisons = conditions.flatMap((condition) => condition.comparisons);
  for (const given of generateAnswerSets(variables, comparisons)) {
    const { answers, visible } = walkVisible(pages, given, ({ name }) => given[name]);
    yield { answers, visible: new Set(visible) };
  }
}

function findUnreachable(pages: readonly RoutedPage[], visits: readonly Visit[]): readonly InstrumentFault[] {
  const reached = new Set(visits.flatMap(({ visible }) => [...visible]));
  return pages.flatMap((page, pageIndex) => {
    const place = `pages[${pageIndex}]`;
    if (!page.questions.some(({ name }) => reached.has(name))) {
      return [surveyFault(place, `page "${page.source.name}" is never shown, whatever is answered`)];
    }
    return page.questions.flatMap(({ name }, index) =>
      reached.has(name)
        ? []
        : [surveyFault(`${place}.elements[${index}]`, `"${name}" is never shown, whatever is answered`)],
    );
  });
}

function findEmptyBases(bases: Bases, codebook: Codebook, visits: readonly Visit[]): readonly InstrumentFault[] {
  return codebook.bases.flatMap(({ id }, index) =>
    visits.some(({ answers }) => isInBase(bases, id, answers))
      ? []
      : [codebookFault(`bases[${index}].when`, `nobody is in base "${id}", whatever is answered`)],
  );
}

function checkBases(bases: Bases, codebook: Codebook, visits: readonly Visit[]): readonly InstrumentFault[] {
  return codebook.variables.flatMap((variable, index) => {
    const example = visits.find(
      ({ answers, visible }) => visible.has(variable.name) !== isInBase(bases, variable.base, answers),
    );
    if (example === undefined) return [];
    const isAsked = example.visible.has(variable.name);
    const what = isAsked ? 'is asked outside base' : 'is not asked of everybody in base';
    const message = `"${variable.name}" ${what} "${variable.base}", for instance with ${JSON.stringify(example.answers)}`;
    return [codebookFault(`variables[${index}].base`, message)];
  });
}

function checkDenominators(bases: Bases, codebook: Codebook, visits: readonly Visit[]): readonly InstrumentFault[] {
  return codebook.indicators.flatMap(({ denominator }, index) =>
    denominator.answered.flatMap((name, position) => {
      const example = visits.find(
        ({ answers, visible }) => isInBase(bases, denominator.base, answers) && !visible.has(name),
      );
      if (example === undefined) return [];
      const message = `"${name}" is not asked of everybody in base "${denominator.base}", for instance with ${JSON.stringify(example.answers)}`;
      return [codebookFault(`indicators[${index}].denominator.answered[${position}]`, message)];
    }),
  );
}

function isInBase(bases: Bases, base: string, answers: Answers): boolean {
  return bases.get(base)?.holds(answers) ?? true;
}
