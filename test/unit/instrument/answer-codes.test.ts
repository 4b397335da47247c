import fc from 'fast-check';
import { createConditionCompiler } from '../../../src/domain/instrument/answer-codes';
import type { IndicatorCondition } from '../../../src/domain/instrument/codebook';
import type { Answers } from '../../../src/domain/instrument/types';

const codes = Array.from({ length: 40 }, (_, index) => `c${index}`);
const variables = ['single', 'multiple', 'number', 'constructor'];

const arbitraryAnswers: fc.Arbitrary<Answers> = fc.record(
  {
    single: fc.constantFrom(...codes),
    multiple: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 12 }),
    number: fc.integer({ min: 0, max: 5 }),
  },
  { requiredKeys: [] },
);
const arbitraryCondition: fc.Arbitrary<IndicatorCondition> = fc.record(
  {
    variable: fc.constantFrom(...variables),
    in: fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 40 }),
    atLeast: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['variable', 'in'] },
);

/** What the codebook says a condition means, word for word. */
function holdsPlainly({ variable, in: asked, atLeast = 1 }: IndicatorCondition, answers: Answers): boolean {
  const answer = Object.hasOwn(answers, variable) ? answers[variable] : undefined;
  if (answer === undefined) return false;
  const given: readonly unknown[] = typeof answer === 'object' ? answer : [answer];
  return given.filter((code) => asked.some((each) => each === code)).length >= atLeast;
}

test('bits say of every response and condition what the answers themselves say', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryCondition, { minLength: 1, maxLength: 8 }),
      fc.array(arbitraryAnswers, { minLength: 1, maxLength: 6 }),
      (conditions, responses) => {
        const compile = createConditionCompiler(conditions);
        const compiled = conditions.map(compile);
        for (const answers of responses) {
          expect(compiled.map((holds) => holds(answers))).toEqual(
            conditions.map((condition) => holdsPlainly(condition, answers)),
          );
        }
      },
    ),
  );
});

test('codes on both sides of a word boundary count together', () => {
  const condition = { variable: 'multiple', in: codes, atLeast: 3 };
  const holds = createConditionCompiler([condition])(condition);
  expect(holds({ multiple: ['c0', 'c30', 'c31'] })).toBe(true);
  expect(holds({ multiple: ['c30', 'c31'] })).toBe(false);
});
