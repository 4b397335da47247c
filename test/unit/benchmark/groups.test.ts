import { createGroup, formatGroupKey, isMember, parseGroupKey } from '../../../src/domain/benchmark/groups';

const keys = [
  'network',
  'organisation=asker',
  'sector=health',
  'size=S',
  'organisation=asker;sector=health',
  'organisation=asker;size=S',
  'rest=asker',
  'rest=asker;sector=health',
  'rest=asker;size=S',
  'peers=kostra-ekg10',
  'peers=kostra-ekg10;rest=asker',
];

describe('group keys', () => {
  it.each(keys)('%s is read and written unchanged', (key) => {
    const group = parseGroupKey(key);
    expect(group?.key).toBe(key);
    expect(group === null ? null : formatGroupKey(group)).toBe(key);
  });

  it('reads the conditions', () => {
    expect(parseGroupKey('rest=asker;size=S')).toEqual({
      key: 'rest=asker;size=S',
      peers: null,
      organisation: null,
      rest: 'asker',
      sector: null,
      size: 'S',
    });
    expect(parseGroupKey('size=S')).toMatchObject({ organisation: null, rest: null, sector: null, size: 'S' });
  });

  it.each([
    '',
    'Network',
    'organisation=',
    'organisation=asker;',
    'sector=health;organisation=asker',
    'sector=health;size=S',
    'organisation=asker;rest=bamle',
    'organisation=asker;sector=health;size=S',
    'organisation=asker,bamle;role=leader',
    'network;sector=health',
    'organisation=asker;sector=health\n',
    'peers=near;organisation=asker',
    'peers=near;sector=health',
    'peers=near;rest=asker;sector=health',
    'rest=asker;peers=near',
    'peers=',
  ])('refuses %j', (key) => {
    expect(parseGroupKey(key)?.key ?? null).toBe(null);
  });

  it('makes no key for a combination that has none', () => {
    expect(() => createGroup({ organisation: 'asker', rest: 'bamle' })).toThrow(RangeError);
    expect(() => createGroup({ organisation: 'asker;sector=health' })).toThrow(RangeError);
    expect(() => createGroup({ peers: 'near', organisation: 'asker' })).toThrow(RangeError);
  });
});

describe('membership', () => {
  const member = { organisation: 'asker', sector: 'health', size: null, peers: ['near', 'alike'] };
  it.each([
    ['network', true],
    ['organisation=asker', true],
    ['organisation=bamle', false],
    ['rest=asker', false],
    ['rest=bamle', true],
    ['rest=bamle;sector=health', true],
    ['sector=health', true],
    ['sector=social', false],
    ['size=S', false],
    ['organisation=asker;size=S', false],
    ['peers=near', true],
    ['peers=alike;rest=bamle', true],
    ['peers=alike;rest=asker', false],
    ['peers=far', false],
  ])('answers of asker in health, merged across sizes: %s is %s', (key, expected) => {
    const group = parseGroupKey(key);
    expect(group !== null && isMember(group, member)).toBe(expected);
  });
});
