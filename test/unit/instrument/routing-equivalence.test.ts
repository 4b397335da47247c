import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compileInstrument } from '../../../src/domain/instrument/compile-instrument';
import { surveySchema } from '../../../src/domain/instrument/survey-schema';
import type { Answers, InstrumentFiles } from '../../../src/domain/instrument/types';
import { arbitraryAnswers } from '../../support/instruments/arbitrary-answers';
import { buildInstrument } from '../../support/instruments/build-instrument';
import { routedInstrument } from '../../support/instruments/routed-instrument';
import {
  makeConditionRunnerOracle,
  makeSurveyCoreOracle,
  type SurveyCoreVerdict,
} from '../../support/instruments/survey-core-oracle';

type Oracle = (answers: Answers) => SurveyCoreVerdict;

const workplace = join(__dirname, '../../../surveys/workplace/1');

function readWorkplace(): InstrumentFiles {
  return {
    survey: readFileSync(join(workplace, 'survey.json'), 'utf8'),
    codebook: readFileSync(join(workplace, 'codebook.json'), 'utf8'),
  };
}

function expectAgreement(files: InstrumentFiles, oracle: Oracle, numRuns: number): void {
  const instrument = compileInstrument(files);
  const seen = new Set<string>();
  fc.assert(
    fc.property(arbitraryAnswers(instrument), (given) => {
      const checked = instrument.checkResponse(given);
      const expected = oracle(checked.answers);
      expect(checked.visible).toEqual(expected.visible);
      expect(checked.faults).toEqual(expected.required.map((question) => ({ question, code: 'required' })));
      expect(checked.answers).toEqual(Object.fromEntries(expected.visible.flatMap((name) => pick(given, name))));
      for (const name of expected.visible) seen.add(name);
    }),
    { numRuns, seed: 20240501 },
  );
  const names = instrument.pages.flatMap(({ questions }) => questions.map(({ name }) => name));
  expect([...seen].sort()).toEqual(names.sort());
}

function pick(answers: Answers, name: string): [string, Answers[string]][] {
  const answer = answers[name];
  return answer === undefined ? [] : [[name, answer]];
}

describe.each([
  ['an instrument with every kind of condition', () => buildInstrument(routedInstrument), 1_000],
  ['the workplace instrument', readWorkplace, 200],
])('the compiled check of %s', (_name, readFiles, modelRuns) => {
  const files = readFiles();

  it('shows and demands what the conditions of survey-core say', () => {
    expectAgreement(files, makeConditionRunnerOracle(surveySchema.parse(JSON.parse(files.survey))), 10_000);
  }, 240_000);

  it('shows and demands what the model of survey-core does', () => {
    expectAgreement(files, makeSurveyCoreOracle(surveySchema.parse(JSON.parse(files.survey))), modelRuns);
  }, 240_000);
});
