import type { z } from 'zod';
import { codebookSchema, type Codebook } from './codebook';
import { describeSchemaIssues } from './schema-faults';
import { surveySchema, type SurveyDefinition } from './survey-schema';
import type { InstrumentFault, InstrumentFiles } from './types';

/** Both files as far as they could be read; a file with faults is null. */
export interface ReadInstrument {
  readonly survey: SurveyDefinition | null;
  readonly codebook: Codebook | null;
  readonly faults: readonly InstrumentFault[];
}

/**
 * Reads both files and checks their structure, not yet what they mean.
 * @param files exact text of survey.json and codebook.json
 * @returns the typed files and every structural fault
 */
export function readInstrument(files: InstrumentFiles): ReadInstrument {
  const survey = readFile('survey.json', files.survey, surveySchema);
  const codebook = readFile('codebook.json', files.codebook, codebookSchema);
  return { survey: survey.content, codebook: codebook.content, faults: [...survey.faults, ...codebook.faults] };
}

function readFile<Content>(
  file: InstrumentFault['file'],
  text: string,
  schema: z.ZodType<Content>,
): { content: Content | null; faults: readonly InstrumentFault[] } {
  let source: unknown;
  try {
    source = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { content: null, faults: [{ file, place: '(file)', message: `is not valid JSON: ${reason}` }] };
  }
  const result = schema.safeParse(source);
  if (result.success) return { content: result.data, faults: [] };
  return { content: null, faults: describeSchemaIssues(file, source, result.error.issues) };
}
