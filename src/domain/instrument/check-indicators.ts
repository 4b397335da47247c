import type { Codebook, CodebookVariable, Indicator, IndicatorCondition, IndicatorOption } from './codebook';
import { codebookFault, repetitions } from './fault';
import { checkBaselineLink, type KnownFigures } from './known-figures';
import type { InstrumentFault } from './types';

interface Context {
  readonly codebook: Codebook;
  readonly variables: ReadonlyMap<string, CodebookVariable>;
  readonly knownFigures: KnownFigures | undefined;
}

/**
 * Finds indicators that refer to nothing, that promise less protection than their variables need, or repeat themselves.
 * @param codebook a codebook with the right structure
 * @param knownFigures published shares at hand; without it links to baselines are not checked
 * @returns faults with their JSON path
 */
export function checkIndicators(codebook: Codebook, knownFigures?: KnownFigures): readonly InstrumentFault[] {
  const variables = new Map(codebook.variables.map((variable) => [variable.name, variable]));
  const context: Context = { codebook, variables, knownFigures };
  return codebook.indicators.flatMap((indicator, index) => {
    const place = `indicators[${index}]`;
    return [
      ...checkReferences(indicator, place, context),
      ...checkSensitivity(indicator, place, variables),
      ...indicator.options.flatMap((option, position) => checkOption(option, `${place}.options[${position}]`, context)),
    ];
  });
}

function checkReferences(indicator: Indicator, place: string, context: Context): readonly InstrumentFault[] {
  const { codebook, variables } = context;
  const { base, answered } = indicator.denominator;
  const optionIds = indicator.options.map(({ id }) => id);
  const themes = new Set(codebook.themes.map(({ id }) => id));
  const faults: InstrumentFault[] = [];
  indicator.themes.forEach((theme, index) => {
    if (!themes.has(theme)) faults.push(codebookFault(`${place}.themes[${index}]`, `unknown theme "${theme}"`));
  });
  if (!codebook.bases.some(({ id }) => id === base)) {
    faults.push(codebookFault(`${place}.denominator.base`, `unknown base "${base}"`));
  }
  answered.forEach((name, index) => {
    if (variables.has(name)) return;
    faults.push(codebookFault(`${place}.denominator.answered[${index}]`, `unknown variable "${name}"`));
  });
  indicator.headline?.forEach((id, index) => {
    if (!optionIds.includes(id)) faults.push(codebookFault(`${place}.headline[${index}]`, `unknown option "${id}"`));
  });
  for (const { index, value } of repetitions(optionIds)) {
    faults.push(codebookFault(`${place}.options[${index}].id`, `"${value}" is used twice`));
  }
  return faults;
}

function checkSensitivity(
  indicator: Indicator,
  place: string,
  variables: ReadonlyMap<string, CodebookVariable>,
): readonly InstrumentFault[] {
  const conditions = indicator.options.flatMap(({ numerator }) => numerator.map(({ variable }) => variable));
  const used = new Set([...indicator.denominator.answered, ...conditions]);
  const tooOpen = [...used].filter((name) => (variables.get(name)?.sensitivity ?? 0) > indicator.sensitivity);
  if (tooOpen.length === 0) return [];
  return [codebookFault(`${place}.sensitivity`, `is lower than that of ${tooOpen.join(', ')}`)];
}

function checkOption(option: IndicatorOption, place: string, context: Context): readonly InstrumentFault[] {
  const { knownFigures } = context;
  const conditions = option.numerator.flatMap((condition, index) =>
    checkCondition(condition, `${place}.numerator[${index}]`, context.variables),
  );
  const links = (option.baselines ?? []).flatMap((link, index) =>
    knownFigures === undefined ? [] : checkBaselineLink(link, `${place}.baselines[${index}]`, knownFigures),
  );
  return [...conditions, ...links];
}

function checkCondition(
  condition: IndicatorCondition,
  place: string,
  variables: ReadonlyMap<string, CodebookVariable>,
): readonly InstrumentFault[] {
  const variable = variables.get(condition.variable);
  if (variable === undefined) return [codebookFault(`${place}.variable`, `unknown variable "${condition.variable}"`)];
  if (variable.values === undefined) {
    return [codebookFault(`${place}.variable`, `"${variable.name}" is a ${variable.type} and has no codes`)];
  }
  const codes = variable.values.map(({ code }) => code);
  const faults = condition.in.flatMap((code, index) =>
    codes.includes(code) ? [] : [codebookFault(`${place}.in[${index}]`, `"${variable.name}" has no code "${code}"`)],
  );
  const { atLeast } = condition;
  if (atLeast !== undefined && variable.type !== 'multiple') {
    faults.push(codebookFault(`${place}.atLeast`, `"${variable.name}" is not a multiple choice`));
  } else if (atLeast !== undefined && atLeast > countTogether(condition, variable.values)) {
    const most = countTogether(condition, variable.values);
    faults.push(
      codebookFault(`${place}.atLeast`, `is ${atLeast}, but at most ${most} of the codes can be chosen together`),
    );
  }
  return faults;
}

/** Exclusive codes stand alone, so that the most that can be chosen are the others, or one. */
function countTogether(condition: IndicatorCondition, values: NonNullable<CodebookVariable['values']>): number {
  const exclusive = new Set(values.filter((value) => value.exclusive === true).map(({ code }) => code));
  return Math.max(1, [...new Set(condition.in)].filter((code) => !exclusive.has(code)).length);
}
