import fc from 'fast-check';
import { describeOption } from '../../../src/domain/disclosure/audit-option';
import type { Atom } from '../../../src/domain/disclosure/types';
import { atom, setsOf } from '../../support/disclosure-networks';

/** 4 of 6 and 3 of 10 in Asker, 8 of 9 in Lier. */
const atoms: readonly Atom[] = [
  atom('asker health', 6, 4),
  { ...atom('asker school', 10, 3), weight: 2 },
  { ...atom('lier health', 9, 8), weight: 3 },
];
const keys = ['network', 'organisation=asker', 'sector=health', 'organisation=lier;sector=health'];
const published = setsOf(atoms, keys);
const everywhere = [true, true, true];

function ask(valid: readonly number[], isCounted: readonly boolean[] = everywhere) {
  return { valid, isCounted, published: new Set(['network']) };
}

/** To whom a question can have been put, given how many answered it. */
function findAsked(followUp: ReturnType<typeof ask>): readonly string[] {
  const { followUps } = describeOption({ atoms, published, followUps: [followUp], option: 0 });
  for (const one of followUps) expect(one).toEqual({ ...followUp, isOfOthers: one.isOfOthers });
  return followUps.map(({ isOfOthers }) => (isOfOthers ? 'the others' : 'those who gave it'));
}

describe('what is true of an option', () => {
  it('is how many gave it in every cell, of whichever option', () => {
    const of = (option: number) => describeOption({ atoms, published, followUps: [], option });
    expect(of(0)).toMatchObject({ atoms, given: [4, 3, 8], followUps: [] });
    expect(of(1).given).toEqual([2, 7, 1]);
    expect(of(2).given).toEqual([0, 0, 0]);
  });

  it('is the weight and the weighted share of every published group', () => {
    const { figures } = describeOption({ atoms, published, followUps: [], option: 0 });
    expect([...figures]).toEqual([
      ['network', { weight: 6 + 2 * 10 + 3 * 9, share: (4 + 2 * 3 + 3 * 8) / 53 }],
      ['organisation=asker', { weight: 26, share: 10 / 26 }],
      ['sector=health', { weight: 33, share: 28 / 33 }],
      ['organisation=lier;sector=health', { weight: 27, share: 8 / 9 }],
    ]);
  });

  it('is nothing for a cell whose answers do not name the option', () => {
    const short = [atoms[0]!, { ...atoms[1]!, optionCounts: [] }];
    const { given, figures } = describeOption({
      atoms: short,
      published: setsOf(short, ['network']),
      followUps: [],
      option: 0,
    });
    expect(given).toEqual([4, 0]);
    expect(figures.get('network')).toEqual({ weight: 26, share: 4 / 26 });
  });
});

describe('a question asked because of an answer', () => {
  it('may have been put to those who gave the option when nowhere more answered it', () => {
    expect(findAsked(ask([4, 3, 8]))).toEqual(['those who gave it']);
    expect(findAsked(ask([4, 4, 8]))).toEqual([]);
  });

  it('may have been put to those who did not', () => {
    expect(findAsked(ask([2, 7, 1]))).toEqual(['the others']);
    expect(findAsked(ask([2, 7, 2]))).toEqual([]);
  });

  it('may have been put to either when so few answered it', () => {
    expect(findAsked(ask([2, 3, 1]))).toEqual(['those who gave it', 'the others']);
    expect(findAsked(ask([0, 0, 0]))).toEqual(['those who gave it', 'the others']);
  });

  it('says nothing by answers in organisations that its figures leave out', () => {
    expect(findAsked(ask([9, 3, 8], [false, true, true]))).toEqual(['those who gave it']);
    expect(findAsked(ask([9, 7, 1], [false, true, true]))).toEqual(['the others']);
    expect(findAsked(ask([9, 9, 9], [false, false, false]))).toEqual(['those who gave it', 'the others']);
  });

  it('is never thought to be put to fewer than answered it', () => {
    const counts = atoms.map(({ validCount }) => fc.integer({ min: 0, max: validCount }));
    fc.assert(
      fc.property(fc.tuple(...counts), fc.tuple(...counts), (given, valid) => {
        const drawn = atoms.map((one, at) => ({ ...one, optionCounts: [given[at]!] }));
        const { followUps } = describeOption({ atoms: drawn, published, followUps: [ask(valid)], option: 0 });
        expect(followUps.map(({ isOfOthers }) => isOfOthers)).toEqual([
          ...(valid.every((count, at) => count <= given[at]!) ? [false] : []),
          ...(valid.every((count, at) => count <= atoms[at]!.validCount - given[at]!) ? [true] : []),
        ]);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
