import fc from 'fast-check';
import type { Answers, CompiledInstrument, Question } from '../../../src/domain/instrument/types';

/** Clean answers to any of the questions, hidden ones included. */
export function arbitraryAnswers(instrument: CompiledInstrument): fc.Arbitrary<Answers> {
  const questions = instrument.pages.flatMap((page) => page.questions);
  const model = Object.fromEntries(questions.map((question) => [question.name, arbitraryAnswer(question)]));
  return fc
    .record(model, { requiredKeys: [] })
    .map((record) =>
      Object.fromEntries(
        Object.entries(record).flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer]])),
      ),
    );
}

function arbitraryAnswer(question: Question): fc.Arbitrary<Answers[string]> {
  const codes = question.choices.map(({ code }) => code);
  switch (question.kind) {
    case 'radio':
      return fc.constantFrom(...codes);
    case 'checkbox': {
      const free = question.choices.filter(({ exclusive }) => !exclusive).map(({ code }) => code);
      const alone = question.choices.filter(({ exclusive }) => exclusive).map(({ code }) => [code]);
      const maxLength = question.maximumChoices ?? free.length;
      return fc.oneof(fc.subarray(free, { minLength: 1, maxLength }), ...alone.map((answer) => fc.constant(answer)));
    }
    case 'number':
      return fc.oneof(
        fc.constantFrom(0, 1, 10, 10.5, 11, 98, 99, 100),
        fc.integer({ min: question.minimum ?? 0, max: question.maximum ?? 1000 }),
      );
    case 'text':
    case 'longtext':
      return fc.constantFrom('x', 'true', 'false', '0', '12', "''", '"" ""', 'undefined', 'æøå', '{new_any}');
  }
}
