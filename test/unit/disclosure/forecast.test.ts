import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { forecastHidden } from '../../../src/domain/disclosure/forecast';
import type { Sector, Stratum } from '../../../src/domain/fieldwork/types';

function stratum(organisation: string, sector: Sector, invitedCount: number): Stratum {
  const cells = [{ sector, size: 'S' as const }];
  return { code: `${organisation}-${sector}`, organisation, sector, size: 'S', cells, frameCount: 50, invitedCount };
}

const strata = ['asker', 'bamle', 'lier'].flatMap((name) => [
  stratum(name, 'education', 40),
  stratum(name, 'health', name === 'lier' ? 12 : 40),
  stratum(name, 'culture', name === 'asker' ? 0 : 40),
]);

describe('forecast of hidden figures', () => {
  it('names the cell that is expected to stay below the threshold and the one hidden to protect it', () => {
    const hidden = forecastHidden({ strata, expectedResponseRate: 0.5, policy: defaultPolicy });
    expect(hidden).toContainEqual({
      group: 'organisation=lier;sector=health',
      organisation: 'lier',
      sector: 'health',
      invitedCount: 12,
      expectedValidCount: 6,
      reason: 'threshold',
    });
    expect(hidden.filter(({ reason }) => reason === 'complement').map(({ organisation }) => organisation)).toContain(
      'lier',
    );
  });

  it('leaves out cells nobody is invited in', () => {
    const hidden = forecastHidden({ strata, expectedResponseRate: 0.5, policy: defaultPolicy });
    expect(hidden.map(({ group }) => group)).not.toContain('organisation=asker;sector=culture');
  });

  it('takes sizes into account, and names organisations and sectors alone', () => {
    const small = { ...stratum('lier', 'health', 100), size: null, sector: null };
    const bySize = [
      { ...stratum('lier', 'health', 40), size: 'S' as const },
      { ...stratum('lier', 'education', 6), size: 'M' as const },
      { ...stratum('asker', 'health', 40), size: 'S' as const },
      { ...stratum('asker', 'education', 40), size: 'M' as const },
      { ...stratum('bamle', 'health', 40), size: 'S' as const },
    ];
    const forecast = (strata: readonly Stratum[]) =>
      forecastHidden({ strata, expectedResponseRate: 1, policy: defaultPolicy });
    const hidden = forecast(bySize);
    expect(hidden.map(({ group }) => group)).toContain('organisation=lier;sector=education');
    expect(hidden.filter(({ group }) => group.includes('size'))).toEqual([]);
    // Where neither is known there are totals alone.
    const totals = forecast([small, { ...small, organisation: 'asker', invitedCount: 4 }]);
    expect(totals.map(({ group }) => group)).toEqual(['organisation=asker']);
  });

  it('foretells nothing hidden when everybody is expected to answer', () => {
    expect(forecastHidden({ strata, expectedResponseRate: 1, policy: defaultPolicy })).toEqual([]);
  });

  it('foretells every total hidden when hardly anybody is', () => {
    const hidden = forecastHidden({ strata, expectedResponseRate: 0.01, policy: defaultPolicy });
    expect(hidden.slice(0, 3).map(({ group }) => group)).toEqual([
      'organisation=asker',
      'organisation=bamle',
      'organisation=lier',
    ]);
  });

  it('carries fractions on, so that many small strata add up', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ ...stratum('asker', 'health', 1), code: `c${i}` }));
    const [total] = forecastHidden({ strata: many, expectedResponseRate: 0.3, policy: defaultPolicy });
    expect(total).toMatchObject({ group: 'organisation=asker', invitedCount: 20, expectedValidCount: 6 });
  });
});
