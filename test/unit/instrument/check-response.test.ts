import fc from 'fast-check';
import { compileInstrument } from '../../../src/domain/instrument/compile-instrument';
import type { RawAnswers } from '../../../src/domain/instrument/types';
import { arbitraryAnswers } from '../../support/instruments/arbitrary-answers';
import { buildInstrument, type InstrumentSource } from '../../support/instruments/build-instrument';
import { routedInstrument } from '../../support/instruments/routed-instrument';

const open: InstrumentSource = {
  pages: [
    {
      name: 'one',
      questions: [
        { name: 'single', type: 'radiogroup', codes: ['yes', 'no'], properties: { isRequired: true } },
        {
          name: 'several',
          type: 'checkbox',
          codes: ['b', 'a', 'c', 'd', 'none'],
          exclusive: ['none'],
          properties: { maxSelectedChoices: 3 },
        },
        { name: 'amount', type: 'number', properties: { min: -5, max: 2000 } },
        { name: 'line', type: 'text', properties: { maxLength: 10 } },
        { name: 'story', type: 'comment', properties: { maxLength: 20 } },
      ],
    },
    { name: 'two', questions: [{ name: 'extra', type: 'text' }] },
  ],
};
const instrument = compileInstrument(buildInstrument(open));
const incomplete = { required: false };

function checkOne(name: string, value: unknown) {
  const { answers, faults } = instrument.checkResponse({ [name]: value }, incomplete);
  return faults.length > 0 ? faults : answers[name];
}

describe('checking one answer', () => {
  it.each([
    ['single', 'yes', 'yes'],
    ['single', '', undefined],
    ['single', null, undefined],
    ['several', ['a', 'b'], ['b', 'a']],
    ['several', 'c', ['c']],
    ['several', ['c', 'c', ''], ['c']],
    ['several', [], undefined],
    ['several', ['none'], ['none']],
    ['amount', '12,5', 12.5],
    ['amount', ' 12.5 ', 12.5],
    ['amount', '1 000', 1000],
    ['amount', '1\u00a0000,25', 1000.25],
    ['amount', '\u22123', -3],
    ['amount', '0.125', 0.125],
    ['amount', '-0', 0],
    ['amount', 7, 7],
    ['amount', '   ', undefined],
    ['line', '  to ord\t', 'to ord'],
    ['line', 'a\nb\u0000', 'a b'],
    ['line', '   ', undefined],
    ['line', 'æ\ud800', 'æ\uFFFD'],
    ['story', ' en\r\nto\u0007 ', 'en\nto'],
  ])('takes %s = %j as %j', (name, value, expected) => {
    expect(checkOne(name, value)).toEqual(expected);
  });

  it.each([
    ['single', 'maybe', { code: 'invalid' }],
    ['single', 'YES', { code: 'invalid' }],
    ['single', ['yes'], { code: 'invalid' }],
    ['single', { yes: true }, { code: 'invalid' }],
    ['single', true, { code: 'invalid' }],
    ['several', ['a', 'x'], { code: 'invalid' }],
    ['several', [['a']], { code: 'invalid' }],
    ['several', { 0: 'a', length: 1 }, { code: 'invalid' }],
    ['several', Array.from({ length: 1001 }, () => 'a'), { code: 'invalid' }],
    ['several', ['a', 'none'], { code: 'exclusive' }],
    ['several', ['a', 'b', 'c', 'd'], { code: 'too_many', limit: 3 }],
    ['amount', 'abc', { code: 'not_a_number' }],
    ['amount', '1.000', { code: 'not_a_number' }],
    ['amount', '1,000', { code: 'not_a_number' }],
    ['amount', '1e3', { code: 'not_a_number' }],
    ['amount', '0x10', { code: 'not_a_number' }],
    ['amount', '12 34', { code: 'not_a_number' }],
    ['amount', Number.NaN, { code: 'not_a_number' }],
    ['amount', Number.POSITIVE_INFINITY, { code: 'not_a_number' }],
    ['amount', '9'.repeat(33), { code: 'not_a_number' }],
    ['amount', ['1'], { code: 'not_a_number' }],
    ['amount', { a: 1 }, { code: 'not_a_number' }],
    ['amount', '-6', { code: 'too_small', limit: -5 }],
    ['amount', '2000,5', { code: 'too_large', limit: 2000 }],
    ['line', 'a'.repeat(11), { code: 'too_long', limit: 10 }],
    ['line', ['a'], { code: 'invalid' }],
    ['line', { a: 1 }, { code: 'invalid' }],
    ['line', 5, { code: 'invalid' }],
    ['story', 'a'.repeat(5000), { code: 'too_long', limit: 20 }],
  ])('refuses %s = %j', (question, value, fault) => {
    expect(checkOne(question, value)).toEqual([{ question, ...fault }]);
  });

  it('lets no keys in that the instrument does not know', () => {
    const raw: RawAnswers = JSON.parse(
      '{"single":"yes","nothing":"x","__proto__":{"line":"in"},"constructor":"x","toString":"x"}',
    ) as RawAnswers;
    const { answers } = instrument.checkResponse(raw);
    expect(answers).toEqual({ single: 'yes' });
    expect(Object.keys(answers)).toEqual(['single']);
  });

  it('reads no inherited values', () => {
    const raw = Object.create({ single: 'yes', line: 'inherited' }) as RawAnswers;
    expect(instrument.checkResponse(raw)).toMatchObject({
      answers: {},
      faults: [{ question: 'single', code: 'required' }],
    });
  });

  it('demands a required answer once, and not on top of another fault', () => {
    expect(instrument.checkResponse({}).faults).toEqual([{ question: 'single', code: 'required' }]);
    expect(instrument.checkResponse({ single: 'x' }).faults).toEqual([{ question: 'single', code: 'invalid' }]);
    expect(instrument.checkResponse({}, incomplete).faults).toEqual([]);
  });
});

describe('hidden answers', () => {
  const routed = compileInstrument(buildInstrument(routedInstrument));

  it('are dropped, and keep nothing else visible', () => {
    const { answers, faults } = routed.checkResponse({
      new_any: 'no',
      kinds: ['service'],
      service_text: 'hidden',
      helpers: ['staff'],
      alone: 'hidden',
      under_way: 'no',
      culture: 'agree',
    });
    expect(answers).toEqual({ new_any: 'no', under_way: 'no' });
    expect(faults).toEqual([]);
  });

  it('may be invalid without a fault', () => {
    expect(routed.checkResponse({ new_any: 'unsure', kinds: 'rubbish', service_text: { a: 1 } }).faults).toEqual([
      { question: 'culture', code: 'required' },
    ]);
  });

  it('are dropped when the answer that leads to them is faulty', () => {
    const { answers, faults } = routed.checkResponse({ new_any: ['yes'], kinds: ['service'] });
    expect(answers).toEqual({});
    expect(faults[0]).toEqual({ question: 'new_any', code: 'invalid' });
  });

  it('of a hidden page are left out of what the answers lead to', () => {
    const { visible } = routed.checkResponse({ new_any: 'yes' });
    const details = routed.pages.find(({ name }) => name === 'details')?.questions.map(({ name }) => name) ?? [];
    expect(details).not.toHaveLength(0);
    expect(visible).not.toEqual(expect.arrayContaining(details));
    expect(routed.checkResponse({ new_any: 'yes', kinds: ['product'] }).visible).toEqual(
      expect.arrayContaining(details.slice(0, 1)),
    );
  });

  it('mark the questions that can appear on the page being answered', () => {
    const depending = routed.pages.flatMap(({ questions }) => questions).filter((one) => one.dependsOnSamePage);
    expect(depending.map(({ name }) => name)).toEqual([
      'kinds',
      'one_or_true',
      'alone',
      'all_helpers',
      'when_ready',
      'said_nothing',
    ]);
  });

  it('do not count in a base', () => {
    const { answers } = routed.checkResponse({ new_any: 'no', kinds: ['service'] });
    expect(routed.isInBase('everybody', answers)).toBe(true);
    expect(routed.isInBase('services', answers)).toBe(false);
    expect(routed.isInBase('without_new', answers)).toBe(true);
    expect(() => routed.isInBase('nobody', answers)).toThrow('unknown base nobody');
  });
});

describe('whatever is sent', () => {
  const routed = compileInstrument(buildInstrument(routedInstrument));
  const questions = routed.pages.flatMap((page) => page.questions);
  const byName = new Map(questions.map((question) => [question.name, question]));
  const garbage = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }),
    fc.constantFrom('abc', 42, 'maybe', true, { a: 1 }, ['staff', 'staff'], ['product', 'none'], 'x'.repeat(5000)),
    fc.constantFrom(['product', 'service', 'process', '01'], [' service'], ['__proto__'], '__proto__', 'constructor'),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.string()),
  );
  const sent = fc
    .tuple(
      arbitraryAnswers(routed),
      fc.dictionary(
        fc.oneof(
          fc.constantFrom(...routed.pages.flatMap(({ questions }) => questions.map(({ name }) => name))),
          fc.string(),
        ),
        garbage,
      ),
    )
    .map(([clean, dirty]): RawAnswers => ({ ...clean, ...dirty }));

  it('only clean answers of visible questions get in', () => {
    fc.assert(
      fc.property(sent, (raw) => {
        const { answers, faults, ...checked } = routed.checkResponse(raw);
        const visible = new Set(checked.visible);
        for (const [name, answer] of Object.entries(answers)) {
          const question = byName.get(name);
          expect(question !== undefined && visible.has(name)).toBe(true);
          if (question === undefined) continue;
          const codes = question.choices.map(({ code }) => code);
          if (question.kind === 'radio') expect(codes).toContain(answer);
          else if (question.kind === 'checkbox') {
            const ticked = new Set(answer as readonly string[]);
            expect(codes.filter((code) => ticked.has(code))).toEqual(answer);
            expect(ticked.size).toBeGreaterThan(0);
            expect(ticked.size).toBeLessThanOrEqual(question.maximumChoices ?? codes.length);
            expect(ticked.has('none') && ticked.size > 1).toBe(false);
          } else if (question.kind === 'number') {
            expect(Number.isFinite(answer)).toBe(true);
            expect(answer).toBeGreaterThanOrEqual(0);
            expect(answer).toBeLessThanOrEqual(500);
          } else {
            expect(typeof answer).toBe('string');
            expect(String(answer)).toMatch(/\S/);
            expect(String(answer).length).toBeLessThanOrEqual(question.maximumLength);
            expect(String(answer)).not.toMatch(/[^\P{Cc}\n\t]|\p{Cs}/u);
          }
        }
        expect(routed.checkResponse(answers).answers).toEqual(answers);
        const missing = questions.filter((one) => one.isRequired && visible.has(one.name) && !(one.name in answers));
        expect(faults.map(({ question }) => question)).toEqual(expect.arrayContaining(missing.map(({ name }) => name)));
      }),
      { numRuns: 10_000, seed: 20240501 },
    );
  });
});
