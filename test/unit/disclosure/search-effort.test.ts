import * as search from '../../../src/domain/disclosure/derivable-sets';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import { atom, maskInput } from '../../support/disclosure-networks';

jest.mock('../../../src/domain/disclosure/derivable-sets', () => {
  const real = jest.requireActual<typeof search>('../../../src/domain/disclosure/derivable-sets');
  return { ...real, searchSpan: jest.fn(real.searchSpan) };
});

/** Lets the search give up where more sums than these are published. */
function searchUpTo(most: number): void {
  const real = jest.requireActual<typeof search>('../../../src/domain/disclosure/derivable-sets').searchSpan;
  jest.mocked(search.searchSpan).mockImplementation((published, ...rest) => {
    return published.length > most ? { sets: [], isComplete: false } : real(published, ...rest);
  });
}

describe('what could not be searched to the end', () => {
  const sectors = ['s1', 's2', 's3'];
  const input = maskInput(['a', 'b', 'c'].flatMap((name) => sectors.map((sector) => atom(`${name} ${sector} z1`, 20))));
  const whole = computeMask(input);

  it('is shown when it can be', () => {
    expect(whole.hidden.size).toBe(0);
  });

  it('is not: breakdowns and comparators go before totals, and the reason is told', () => {
    // Network, two organisations and two sectors: the third of each follows from them.
    searchUpTo(5);
    const { published, hidden } = computeMask(input);
    const totals = ['network', ...['a', 'b', 'c'].map((name) => `organisation=${name}`)];
    expect([...published].filter((key) => !key.includes('size'))).toEqual([
      ...totals,
      ...sectors.map((sector) => `sector=${sector}`),
    ]);
    expect(hidden.get('organisation=a;sector=s1')).toBe('effort');
    expect(hidden.get('rest=a')).toBe('effort');
    expect(published.size + hidden.size).toBe(input.groups.length);
  });

  it('is not shown at all when nothing can be searched', () => {
    searchUpTo(0);
    const { published, hidden } = computeMask(input);
    expect([...published]).toEqual([]);
    expect([...new Set(hidden.values())]).toEqual(['effort']);
  });
});
