import type { z } from 'zod';
import { describeExpectation, openAlternatives } from './schema-issue-words';
import { supportedProperties, supportedQuestionTypes } from './survey-schema';
import type { InstrumentFault } from './types';

/**
 * Writes a path the way JavaScript would reach it.
 * @param path keys and indexes from the top of the file
 * @returns for instance pages[2].elements[0].choices[1]; "(file)" for the top itself
 */
function formatPlace(path: readonly PropertyKey[]): string {
  const written = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return written === '' ? '(file)' : written.replace(/^\./, '');
}

/**
 * Turns the issues of a zod schema into faults with plain messages.
 * @param file file that was read
 * @param source the parsed JSON, to name what stands at the place
 * @param issues issues of one safeParse
 * @returns one fault an issue, or those of the alternative that was meant, in the order of the file
 */
export function describeSchemaIssues(
  file: InstrumentFault['file'],
  source: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly InstrumentFault[] {
  return issues.flatMap(openAlternatives).map((issue) => ({
    file,
    place: formatPlace(issue.path),
    message: describeIssue(issue, source, file),
  }));
}

function describeIssue(issue: z.core.$ZodIssue, source: unknown, file: InstrumentFault['file']): string {
  const found = valueAt(source, issue.path);
  if (issue.code === 'unrecognized_keys')
    return describeUnknownProperties(issue.keys, found, { file, path: issue.path });
  if (found === undefined) return 'is missing';
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return `question type ${JSON.stringify(found)} is not supported; supported types: ${supportedQuestionTypes.join(', ')}`;
  }
  return describeExpectation(issue, found);
}

function describeUnknownProperties(
  keys: readonly string[],
  found: unknown,
  where: { file: InstrumentFault['file']; path: readonly PropertyKey[] },
): string {
  const named = keys.map((key) => `"${key}"`).join(', ');
  const start = `${keys.length === 1 ? 'property' : 'properties'} ${named} not supported`;
  const supported = where.file === 'survey.json' ? supportedProperties.get(kindOf(where.path, found)) : undefined;
  return supported === undefined ? start : `${start}; supported here: ${supported.join(', ')}`;
}

function kindOf(path: readonly PropertyKey[], found: unknown): string {
  if (path.length === 0) return 'survey';
  if (path.at(-2) === 'pages') return 'page';
  if (path.at(-2) === 'choices') return 'choice';
  const type = isRecord(found) ? found['type'] : undefined;
  return typeof type === 'string' ? type : '';
}

function valueAt(source: unknown, path: readonly PropertyKey[]): unknown {
  let value = source;
  for (const step of path) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isRecord(value) && typeof step === 'string') value = value[step];
    else return undefined;
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
