import fc from 'fast-check';
import { fingerprintAnswer, mergeDraftPage, type PostedPage } from '../../../../src/domain/fieldwork/merge-draft-page';
import { compileInstrument } from '../../../../src/domain/instrument/compile-instrument';
import type { Answers } from '../../../../src/domain/instrument/types';
import { readExample } from '../../../support/fieldwork';

const { pages } = compileInstrument(readExample());
const toolQuestions = pages[0]!.questions;
const trainingQuestions = pages[1]!.questions;

function postFrom(drawnFrom: Answers, raw: Record<string, unknown>, questions = trainingQuestions): PostedPage {
  return { raw, asked: new Map(questions.map(({ name }) => [name, fingerprintAnswer(drawnFrom[name])])) };
}

test('an answer left out of a form that asked for it is taken away; one that was not asked for stays', () => {
  const stored = { training: 'agree', wish: 'time', uses_tool: 'no' };
  const merged = mergeDraftPage(stored, trainingQuestions, postFrom(stored, { wish: 'time' }));
  expect(merged).toMatchObject({ answers: { wish: 'time', uses_tool: 'no' }, conflicts: [], isChanged: true });
});

test('what this tab did not touch gives way to what another tab has stored since', () => {
  const merged = mergeDraftPage({ training: 'agree' }, trainingQuestions, postFrom({}, { wish: 'time' }));
  expect(merged).toMatchObject({ answers: { training: 'agree', wish: 'time' }, conflicts: [] });
});

test('two different new answers are a conflict: the stored one stays and the other is told', () => {
  const merged = mergeDraftPage({ training: 'agree' }, trainingQuestions, postFrom({}, { training: 'disagree' }));
  expect(merged).toMatchObject({
    answers: { training: 'agree' },
    conflicts: ['training'],
    disputed: { training: 'disagree' },
    isChanged: false,
  });
});

test.each([
  ['a number that is none', 'training_hours', 'many', 'many'],
  ['a text that is too long, its line breaks made uniform', 'wish', `a\r\n${'x'.repeat(600)}`, `a\n${'x'.repeat(600)}`],
  ['a text with what the database refuses', 'wish', `\u0000${'x'.repeat(600)}\uD800`, `${'x'.repeat(600)}\uFFFD`],
])('%s is kept as it was written', (_name, question, raw, kept) => {
  const merged = mergeDraftPage({}, trainingQuestions, postFrom({}, { [question]: raw }));
  expect(merged).toMatchObject({ answers: { [question]: kept }, invalid: [] });
});

test('too many ticks are kept, what was never offered is not', () => {
  const ticked = ['planning', 'writing', 'contact'];
  const merged = mergeDraftPage({}, toolQuestions, postFrom({}, { uses_tool: 'yes', purposes: ticked }, toolQuestions));
  expect(merged.answers).toEqual({ uses_tool: 'yes', purposes: ticked });
  const foreign = mergeDraftPage(
    {},
    toolQuestions,
    postFrom({}, { uses_tool: { a: 1 }, purposes: ['x'] }, toolQuestions),
  );
  expect(foreign).toMatchObject({ answers: {}, invalid: ['uses_tool', 'purposes'] });
});

test('whatever two tabs do from the same form, nothing is lost unless it is reported', () => {
  const answers = fc.record(
    { training: fc.constantFrom('agree', 'disagree', 'dont_know'), wish: fc.constantFrom('a', 'b') },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(answers, answers, answers, (drawnFrom: Answers, first: Answers, second: Answers) => {
      const stored = mergeDraftPage(drawnFrom, trainingQuestions, postFrom(drawnFrom, { ...first })).answers;
      const merged = mergeDraftPage(stored, trainingQuestions, postFrom(drawnFrom, { ...second }));
      for (const name of ['training', 'wish']) {
        const isTouchedTwice = first[name] !== drawnFrom[name] && second[name] !== drawnFrom[name];
        const isConflict = isTouchedTwice && first[name] !== second[name];
        expect(merged.conflicts.includes(name)).toBe(isConflict);
        const winner = isConflict || second[name] === drawnFrom[name] ? first[name] : second[name];
        expect(merged.answers[name]).toBe(winner);
      }
    }),
  );
});
