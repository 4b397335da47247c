import { defaultPolicy, isAtLeastAsStrict, readPolicy } from '../../../src/domain/disclosure/policy';

describe('disclosure policy', () => {
  it('is closed with k = 7, three organisations and 60 per cent by default', () => {
    expect(readPolicy(defaultPolicy)).toEqual({
      version: 1,
      minimumCellSize: 7,
      isOpenNetwork: false,
      minimumOrganisations: 3,
      maximumOrganisationShare: 0.6,
    });
  });

  it.each([
    [{ minimumCellSize: 5 }, true],
    [{ minimumCellSize: 4 }, false],
    [{ minimumCellSize: 7.5 }, false],
    [{ minimumCellSize: '7' }, false],
    [{ minimumOrganisations: 2 }, false],
    [{ maximumOrganisationShare: 0.61 }, false],
    [{ maximumOrganisationShare: 0.5 }, true],
    [{ extra: 1 }, false],
  ])('%j accepted: %s', (change, expected) => {
    expect(readPolicy({ ...defaultPolicy, ...change }) !== null).toBe(expected);
  });

  it.each([
    [{ minimumCellSize: 8 }, true],
    [{ minimumCellSize: 6 }, false],
    [{ isOpenNetwork: true }, false],
    [{ minimumOrganisations: 4 }, true],
    [{ maximumOrganisationShare: 0.5 }, true],
  ])('under collected answers %j is allowed: %s', (change, expected) => {
    expect(isAtLeastAsStrict(defaultPolicy, { ...defaultPolicy, ...change })).toBe(expected);
  });

  it('never goes below the floor', () => {
    const below = { ...defaultPolicy, minimumCellSize: 4 };
    expect(isAtLeastAsStrict(below, below)).toBe(false);
  });
});
