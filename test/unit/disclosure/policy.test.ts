import {
  agreedLimitsSchema,
  createPolicy,
  defaultPolicy,
  isAtLeastAsStrict,
  readIntervalMethod,
  readPolicy,
  readRelevantDifference,
} from '../../../src/domain/disclosure/policy';

describe('disclosure policy', () => {
  it('is closed with k = 7, three organisations and 60 per cent by default', () => {
    expect(readPolicy(defaultPolicy)).toEqual({
      version: 2,
      minimumCellSize: 7,
      isOpenNetwork: false,
      minimumOrganisations: 3,
      maximumOrganisationShare: 0.6,
      insiders: 1,
      minimumWorkplaces: 3,
      buildingBlocks: false,
      minimumRelevantDifference: 5,
      conservativeIntervals: false,
    });
  });

  it('begins with what the network has agreed, and the defaults for what it has not', () => {
    const limits = agreedLimitsSchema.parse({ insiders: 2, minimumRelevantDifference: 3 });
    expect(createPolicy({ isOpen: true, limits }, 9)).toEqual({
      ...defaultPolicy,
      minimumCellSize: 9,
      isOpenNetwork: true,
      insiders: 2,
      minimumRelevantDifference: 3,
    });
    expect(createPolicy({ isOpen: false, limits: agreedLimitsSchema.parse({}) }, 7)).toEqual(defaultPolicy);
  });

  it('of version 1 is read with the limits that were the same for all', () => {
    const { version, minimumCellSize, isOpenNetwork, minimumOrganisations, maximumOrganisationShare } = defaultPolicy;
    const first = { minimumCellSize, isOpenNetwork, minimumOrganisations, maximumOrganisationShare };
    expect(version).toBe(2);
    expect(readPolicy({ ...first, version: 1 })).toEqual({ ...defaultPolicy, version: 1 });
  });

  it.each([
    [{ minimumCellSize: 5 }, true],
    [{ minimumCellSize: 4 }, false],
    [{ minimumCellSize: 7.5 }, false],
    [{ minimumCellSize: '7' }, false],
    [{ minimumOrganisations: 2 }, false],
    [{ maximumOrganisationShare: 0.61 }, false],
    [{ maximumOrganisationShare: 0.5 }, true],
    [{ insiders: 0 }, false],
    [{ insiders: 2 }, true],
    [{ minimumWorkplaces: 2 }, false],
    [{ minimumRelevantDifference: 0 }, false],
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
    [{ minimumWorkplaces: 4 }, true],
    [{ minimumRelevantDifference: 4 }, false],
    [{ buildingBlocks: true }, true],
    [{ conservativeIntervals: true }, false],
  ])('under collected answers %j is allowed: %s', (change, expected) => {
    expect(isAtLeastAsStrict(defaultPolicy, { ...defaultPolicy, ...change })).toBe(expected);
  });

  it.each([
    'minimumCellSize',
    'minimumOrganisations',
    'insiders',
    'minimumWorkplaces',
    'minimumRelevantDifference',
  ] as const)('%s that is stricter than usual is not brought back under collected answers', (name) => {
    const strict = { ...defaultPolicy, [name]: defaultPolicy[name] + 2 };
    expect(isAtLeastAsStrict(strict, strict)).toBe(true);
    expect(isAtLeastAsStrict(strict, { ...strict, [name]: strict[name] + 1 })).toBe(true);
    expect(isAtLeastAsStrict(strict, { ...strict, [name]: strict[name] - 1 })).toBe(false);
  });

  it.each([
    [{ maximumOrganisationShare: 0.5 }, { maximumOrganisationShare: 0.51 }],
    [{ buildingBlocks: true }, { buildingBlocks: false }],
    [{ conservativeIntervals: true }, { conservativeIntervals: false }],
  ])('%j is not replaced by %j under collected answers', (current, next) => {
    const strict = { ...defaultPolicy, ...current };
    expect(isAtLeastAsStrict(strict, strict)).toBe(true);
    expect(isAtLeastAsStrict(strict, { ...strict, ...next })).toBe(false);
  });

  it('an open network stays open or closes', () => {
    const open = { ...defaultPolicy, isOpenNetwork: true };
    expect(isAtLeastAsStrict(open, open)).toBe(true);
    expect(isAtLeastAsStrict(open, defaultPolicy)).toBe(true);
  });

  it('says how shares are described, and from where a difference is clear', () => {
    expect(readIntervalMethod(defaultPolicy)).toBe('wilson');
    expect(readIntervalMethod({ ...defaultPolicy, conservativeIntervals: true })).toBe('korn_graubard');
    expect(readRelevantDifference(defaultPolicy)).toBe(0.05);
  });

  it('never goes below the floor', () => {
    const below = { ...defaultPolicy, minimumCellSize: 4 };
    expect(isAtLeastAsStrict(below, below)).toBe(false);
  });
});
