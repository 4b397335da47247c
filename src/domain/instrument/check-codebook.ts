import { getBuiltInVariableNames } from 'survey-core';
import type { Codebook, CodebookVariable } from './codebook';
import { checkIndicators } from './check-indicators';
import { codebookFault, repetitions } from './fault';
import type { KnownFigures } from './known-figures';
import { columnsOf } from './response-columns';
import type { InstrumentFault } from './types';

/** Words that survey-core's conditions, a file of responses or the language itself already use. */
const reservedNames: ReadonlySet<string> = new Set([
  ...getBuiltInVariableNames(),
  'constructor',
  'unit',
  'disposition',
]);

/**
 * Finds what is wrong inside the codebook itself: repeated identifiers, references to nothing, values that do not fit.
 * @param codebook a codebook with the right structure
 * @param knownFigures published shares at hand; without it links to baselines are not checked
 * @returns faults with their JSON path
 */
export function checkCodebook(codebook: Codebook, knownFigures?: KnownFigures): readonly InstrumentFault[] {
  return [
    ...findRepeated(codebook),
    ...checkHead(codebook),
    ...codebook.variables.flatMap((variable, index) => checkVariable(variable, `variables[${index}]`, codebook)),
    ...checkIndicators(codebook, knownFigures),
  ];
}

function findRepeated(codebook: Codebook): readonly InstrumentFault[] {
  const lists: readonly [string, string, readonly string[]][] = [
    ['variables', 'name', codebook.variables.map(({ name }) => name)],
    ['bases', 'id', codebook.bases.map(({ id }) => id)],
    ['themes', 'id', codebook.themes.map(({ id }) => id)],
    ['sources', 'id', codebook.sources.map(({ id }) => id)],
    ['indicators', 'id', codebook.indicators.map(({ id }) => id)],
  ];
  const columns = columnsOf(codebook);
  const taken = repetitions(columns.map(({ column }) => column)).filter(
    ({ index, value }) => columns.find(({ column }) => column === value)?.variable !== columns[index]?.variable,
  );
  return [
    ...lists.flatMap(([list, key, values]) =>
      repetitions(values).map(({ index, value }) =>
        codebookFault(`${list}[${index}].${key}`, `"${value}" is used twice`),
      ),
    ),
    ...taken
      .filter(({ value }) => value.includes('__'))
      .map(({ value }) => codebookFault('variables', `two variables would share the column "${value}" of a file`)),
  ];
}

function checkHead(codebook: Codebook): readonly InstrumentFault[] {
  const faults: InstrumentFault[] = [];
  if (!codebook.themes.some(({ id }) => id === codebook.defaultTheme)) {
    faults.push(codebookFault('defaultTheme', `unknown theme "${codebook.defaultTheme}"`));
  }
  if (codebook.minutes.from > codebook.minutes.to) faults.push(codebookFault('minutes', 'from is larger than to'));
  return faults;
}

function checkVariable(variable: CodebookVariable, place: string, codebook: Codebook): readonly InstrumentFault[] {
  const faults: InstrumentFault[] = [];
  const { name, type, values } = variable;
  if (reservedNames.has(name)) faults.push(codebookFault(`${place}.name`, `"${name}" is a reserved word`));
  if (!codebook.bases.some(({ id }) => id === variable.base)) {
    faults.push(codebookFault(`${place}.base`, `unknown base "${variable.base}"`));
  }
  if (!codebook.sources.some(({ id }) => id === variable.source)) {
    faults.push(codebookFault(`${place}.source`, `unknown source "${variable.source}"`));
  }
  const isClosed = type === 'single' || type === 'multiple';
  if (isClosed && (values ?? []).length === 0) faults.push(codebookFault(`${place}.values`, `${type} needs values`));
  if (!isClosed && values !== undefined) faults.push(codebookFault(`${place}.values`, `${type} has no values`));
  const codes = (values ?? []).map(({ code }) => code);
  for (const { index, value } of repetitions(codes)) {
    faults.push(codebookFault(`${place}.values[${index}].code`, `"${value}" is used twice`));
  }
  (values ?? []).forEach((value, index) => {
    if (value.exclusive === true && type !== 'multiple') {
      faults.push(codebookFault(`${place}.values[${index}].exclusive`, 'only a multiple choice has exclusive values'));
    }
  });
  return faults;
}
