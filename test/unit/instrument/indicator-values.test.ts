import type { Indicator } from '../../../src/domain/instrument/codebook';
import { compileIndicators } from '../../../src/domain/instrument/indicator-values';
import type { Answers } from '../../../src/domain/instrument/types';
import { buildCodebook, label, type InstrumentSource } from '../../support/instruments/build-instrument';

const indicator: Indicator = {
  id: 'partners',
  label: label('Samarbeid'),
  themes: ['main'],
  direction: 'none',
  sensitivity: 0,
  denominator: { base: 'innovators', answered: ['new_any', 'partners'] },
  options: [
    { id: 'citizens', label: label('Innbyggere'), numerator: [{ variable: 'partners', in: ['citizens', 'users'] }] },
    {
      id: 'several',
      label: label('Flere'),
      numerator: [{ variable: 'partners', in: ['citizens', 'users', 'firms'], atLeast: 2 }],
    },
    {
      id: 'public_or_new',
      label: label('Noe'),
      numerator: [
        { variable: 'partners', in: ['firms'] },
        { variable: 'kind', in: ['product'] },
      ],
    },
  ],
};
const source: InstrumentSource = {
  bases: { innovators: "{new_any} = 'yes'" },
  indicators: [indicator],
  pages: [
    {
      name: 'one',
      questions: [
        { name: 'new_any', type: 'radiogroup', codes: ['yes', 'no'] },
        { name: 'partners', type: 'checkbox', codes: ['citizens', 'users', 'firms', 'none'], exclusive: ['none'] },
        { name: 'kind', type: 'radiogroup', codes: ['product', 'service'] },
      ],
    },
  ],
};

describe('an indicator', () => {
  const [compiled] = compileIndicators(buildCodebook(source));

  it.each<[string, Answers, boolean, boolean[]]>([
    ['counts nobody outside the base', { new_any: 'no', partners: ['firms'] }, false, [false, false, false]],
    ['counts nobody without every answer', { new_any: 'yes', kind: 'product' }, false, [false, false, false]],
    ['counts those who ticked none of the codes', { new_any: 'yes', partners: ['none'] }, true, [false, false, false]],
    ['holds with one of the codes', { new_any: 'yes', partners: ['users'] }, true, [true, false, false]],
    [
      'holds with at least so many of the codes',
      { new_any: 'yes', partners: ['citizens', 'firms'] },
      true,
      [true, true, true],
    ],
    [
      'holds when any condition holds',
      { new_any: 'yes', partners: ['none'], kind: 'product' },
      true,
      [false, false, true],
    ],
  ])('%s', (_name, answers, isValid, options) => {
    expect(compiled?.evaluate(answers)).toEqual({ isValid, options });
  });

  it('refuses an unknown base', () => {
    const lost = { ...indicator, denominator: { ...indicator.denominator, base: 'lost' } };
    expect(() => compileIndicators(buildCodebook({ ...source, indicators: [lost] }))).toThrow(
      'partners: unknown base lost',
    );
  });
});
