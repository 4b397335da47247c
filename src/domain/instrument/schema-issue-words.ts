import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const kindWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  record: 'an object { … }',
};

/**
 * Looks through alternatives for the one that was meant: the first whose kind fits and that has faults further in.
 * @param issue a fault of structure
 * @returns the faults of that alternative with their full paths, otherwise the fault itself
 */
export function openAlternatives(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((alternative) => alternative.length > 0 && alternative.every(isFurtherIn));
  return meant === undefined ? [issue] : meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isFurtherIn({ path }: Issue): boolean {
  return path.length > 0;
}

/**
 * Says in plain words what stands at a place and what was expected there.
 * @param issue a fault of structure
 * @param found what stands there, from parsed JSON
 * @returns for instance: is a number; expected a text
 */
export function describeExpectation(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
    case 'invalid_union':
      return `is ${describeFound(found)}; expected ${listExpected(issue).join(' or ')}`;
    case 'too_small':
      return describeTooSmall(issue, found);
    case 'too_big':
      return `is ${describeFound(found)}; expected at most ${String(issue.maximum)}`;
    case 'invalid_format':
      // The schema's own words begin with what it expects; the pattern says it where it has none.
      return issue.message.startsWith('expected')
        ? `is ${describeFound(found)}; ${issue.message}`
        : `${JSON.stringify(found)} does not follow the pattern ${issue.pattern ?? ''}`.trim();
    default:
      return issue.message;
  }
}

function listExpected(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [kindWords[issue.expected] ?? issue.expected];
  if (issue.code === 'invalid_value') return [issue.values.map((value) => JSON.stringify(value)).join(' or ')];
  if (issue.code !== 'invalid_union') return [issue.message];
  return [...new Set(issue.errors.flatMap((alternative) => alternative.flatMap(listExpected)))];
}

function describeTooSmall(issue: z.core.$ZodIssueTooSmall, found: unknown): string {
  if (issue.origin === 'array') return 'is an empty list; expected at least one entry';
  if (issue.origin === 'string') return 'is empty; expected a text';
  return `is ${describeFound(found)}; expected at least ${String(issue.minimum)}`;
}

function describeFound(found: unknown): string {
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list';
  if (typeof found === 'object' && found !== null) return 'an object';
  return JSON.stringify(found);
}
