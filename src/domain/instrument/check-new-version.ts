import type { Codebook, CodebookVariable } from './codebook';
import { codebookFault } from './fault';
import type { InstrumentFault } from './types';

/**
 * Compares a new version of an instrument with an earlier one, so that series over waves stay what they say they are.
 * Faults are a variable renamed (its name gone while a new one carries its label), type or base changed under the same
 * name, a code whose meaning moved to another code, and a version number that is not higher.
 * @param later codebook of the new version
 * @param earlier codebook of the version before
 * @returns faults of the new codebook with their JSON path
 */
export function checkAgainstEarlier(later: Codebook, earlier: Codebook): readonly InstrumentFault[] {
  const before = new Map(earlier.variables.map((variable) => [variable.name, variable]));
  const now = new Set(later.variables.map(({ name }) => name));
  const gone = earlier.variables.filter(({ name }) => !now.has(name));
  return [
    ...checkHead(later, earlier),
    ...later.variables.flatMap((variable, index) => {
      const place = `variables[${index}]`;
      const old = before.get(variable.name);
      if (old !== undefined) return compareVariable(variable, old, { place, later, earlier });
      const renamed = gone.find((candidate) => hasSameLabel(candidate, variable));
      if (renamed === undefined) return [];
      const message = `"${renamed.name}" seems renamed to "${variable.name}"; keep the name or change the label`;
      return [codebookFault(`${place}.name`, message)];
    }),
  ];
}

function checkHead(later: Codebook, earlier: Codebook): readonly InstrumentFault[] {
  if (later.instrument !== earlier.instrument) {
    return [codebookFault('instrument', `"${later.instrument}" is another instrument than "${earlier.instrument}"`)];
  }
  if (later.version > earlier.version) return [];
  return [codebookFault('version', `must be higher than the earlier version ${earlier.version}`)];
}

function compareVariable(
  variable: CodebookVariable,
  old: CodebookVariable,
  { place, later, earlier }: { place: string; later: Codebook; earlier: Codebook },
): readonly InstrumentFault[] {
  const faults: InstrumentFault[] = [];
  if (variable.type !== old.type) {
    faults.push(codebookFault(`${place}.type`, `was ${old.type}; a changed type needs a new name`));
  }
  if (whenOf(later, variable.base) !== whenOf(earlier, old.base)) {
    faults.push(codebookFault(`${place}.base`, `was "${old.base}"; a changed base needs a new name`));
  }
  (variable.values ?? []).forEach(({ code, label }, index) => {
    const moved = old.values?.find((value) => value.label.nb === label.nb && value.code !== code);
    const kept = old.values?.find((value) => value.code === code);
    if (moved === undefined || kept?.label.nb === label.nb) return;
    faults.push(codebookFault(`${place}.values[${index}].code`, `"${label.nb}" had the code "${moved.code}"`));
  });
  return faults;
}

function whenOf(codebook: Codebook, base: string): string {
  const when = codebook.bases.find(({ id }) => id === base)?.when ?? '';
  return when.replace(/\s+/g, ' ').trim();
}

function hasSameLabel(first: CodebookVariable, second: CodebookVariable): boolean {
  return first.label.nb === second.label.nb;
}
