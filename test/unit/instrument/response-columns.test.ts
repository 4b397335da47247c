import fc from 'fast-check';
import { compileInstrument } from '../../../src/domain/instrument/compile-instrument';
import { checkResponseColumns, columnsOf, parseResponseRow } from '../../../src/domain/instrument/response-columns';
import { arbitraryAnswers } from '../../support/instruments/arbitrary-answers';
import { buildInstrument, type InstrumentSource } from '../../support/instruments/build-instrument';

const source: InstrumentSource = {
  pages: [
    {
      name: 'one',
      questions: [
        { name: 'new_any', type: 'radiogroup', codes: ['yes', 'no'] },
        { name: 'kinds', type: 'checkbox', codes: ['product', 'service', 'none'], exclusive: ['none'] },
        { name: 'people', type: 'number' },
        { name: 'story', type: 'text' },
      ],
    },
  ],
};
const instrument = compileInstrument(buildInstrument(source));
const { codebook } = instrument;

describe('a file of responses', () => {
  it('has one column a variable, and one a category of a multiple choice', () => {
    expect(columnsOf(codebook).map(({ column }) => column)).toEqual([
      'new_any',
      'kinds__product',
      'kinds__service',
      'kinds__none',
      'people',
      'story',
    ]);
  });

  it('may leave variables out, but not some categories of one', () => {
    expect(checkResponseColumns(codebook, ['story', 'new_any'])).toEqual([]);
    expect(checkResponseColumns(codebook, ['kinds__product', 'kinds__none', 'kinds', 'story', 'story'])).toEqual([
      { column: 'kinds', expected: 'a variable of the codebook, or <variable>__<code>' },
      { column: 'story', expected: 'each column once' },
      { column: 'kinds__service', expected: 'a column for every category of kinds' },
    ]);
  });

  it.each<[string, Record<string, string>, Record<string, unknown>]>([
    [
      'empty cells as missing',
      { new_any: '', kinds__product: '', kinds__service: ' ', kinds__none: '', people: '' },
      {},
    ],
    ['absent columns as missing', {}, {}],
    ['all categories 0 as missing', { kinds__product: '0', kinds__service: '0', kinds__none: '0' }, {}],
    ['ticked categories', { kinds__product: '1', kinds__service: '0', kinds__none: '0' }, { kinds: ['product'] }],
    ['numbers with point or comma', { people: '12,345' }, { people: 12.345 }],
    ['codes and texts without surrounding spaces', { new_any: ' yes ', story: ' a ' }, { new_any: 'yes', story: 'a' }],
  ])('reads %s', (_name, row, raw) => {
    expect(parseResponseRow(codebook, row)).toEqual({ raw, faults: [] });
  });

  it('names the column and what was expected', () => {
    const row = { new_any: 'ja', kinds__product: 'x', kinds__service: '', kinds__none: '1', people: 'ti' };
    expect(parseResponseRow(codebook, row)).toEqual({
      raw: {},
      faults: [
        { column: 'new_any', expected: 'one of yes, no, or empty' },
        { column: 'kinds__product', expected: '0 or 1, or every column of kinds empty' },
        { column: 'kinds__service', expected: '0 or 1, or every column of kinds empty' },
        { column: 'people', expected: 'a number such as 12 or 12.5, or empty' },
      ],
    });
  });

  it('gives back the answers that were written to it', () => {
    fc.assert(
      fc.property(arbitraryAnswers(instrument), (given) => {
        const { answers } = instrument.checkResponse(given);
        const row = Object.fromEntries(
          columnsOf(codebook).map(({ column, variable, code }) => {
            const answer = answers[variable];
            if (answer === undefined) return [column, ''];
            return [
              column,
              code === null ? String(answer) : typeof answer === 'object' && answer.includes(code) ? '1' : '0',
            ];
          }),
        );
        const parsed = parseResponseRow(codebook, row);
        expect(parsed.faults).toEqual([]);
        expect(instrument.checkResponse(parsed.raw).answers).toEqual(answers);
      }),
      { numRuns: 1_000, seed: 20240501 },
    );
  });
});
