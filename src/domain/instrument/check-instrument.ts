import { checkCodebook } from './check-codebook';
import { checkQuestions } from './check-questions';
import { checkRouting } from './check-routing';
import { lintWithSurveyCore, loadWithSurveyCore } from './check-with-survey-core';
import type { Codebook } from './codebook';
import { readBases } from './compile-bases';
import { compileRouting } from './compile-routing';
import type { KnownFigures } from './known-figures';
import { readInstrument } from './read-instrument';
import type { SurveyDefinition } from './survey-schema';
import type { InstrumentFault, InstrumentFiles } from './types';

/**
 * Finds every fault of an instrument. Faults of structure (JSON, unsupported types and properties, missing parts) come
 * first, together with what can be said about a codebook that could be read; meaning is checked when both files have
 * the right structure, and the routing is tried out when all its conditions can be used.
 * @param files exact text of survey.json and codebook.json
 * @param knownFigures published shares at hand; without it links to baselines are not checked
 * @returns faults with file and JSON path; none when the instrument can be added
 */
export function checkInstrument(files: InstrumentFiles, knownFigures?: KnownFigures): readonly InstrumentFault[] {
  const { survey, codebook, faults } = readInstrument(files);
  const codebookFaults = codebook === null ? [] : checkCodebook(codebook, knownFigures);
  const bases = codebook === null ? null : readBases(codebook);
  const found = [...faults, ...codebookFaults, ...(bases?.faults ?? [])];
  if (survey === null) return found;
  if (codebook !== null) found.push(...checkQuestions(survey, codebook), ...tryRouting(survey, codebook));
  return [...found, ...askSurveyCore(files.survey, found)];
}

// The model prints warnings about faults, so it loads only what everything else found sound.
function askSurveyCore(survey: string, found: readonly InstrumentFault[]): readonly InstrumentFault[] {
  const source: unknown = JSON.parse(survey);
  const ours = found.filter(({ file }) => file === 'survey.json');
  const places = new Set(ours.map(({ place }) => place));
  const lint = lintWithSurveyCore(source).filter(({ place }) => !places.has(place));
  return ours.length + lint.length > 0 ? lint : loadWithSurveyCore(source);
}

function tryRouting(survey: SurveyDefinition, codebook: Codebook): readonly InstrumentFault[] {
  const variables = new Map(codebook.variables.map((variable) => [variable.name, variable]));
  const { pages, faults } = compileRouting(survey, variables);
  const bases = readBases(codebook);
  if (faults.length > 0 || bases.faults.length > 0 || !canTryOut(survey, codebook)) return faults;
  return checkRouting(pages, bases.conditions, codebook);
}

// With a question missing on either side or a name used twice, routing faults would only repeat that.
function canTryOut(survey: SurveyDefinition, codebook: Codebook): boolean {
  const asked = survey.pages.flatMap((page) => page.elements.map(({ name }) => name)).sort();
  const described = codebook.variables.map(({ name }) => name).sort();
  const bases = new Set(codebook.bases.map(({ id }) => id));
  return (
    asked.join() === described.join() &&
    new Set(asked).size === asked.length &&
    codebook.variables.every(({ base }) => bases.has(base))
  );
}
