import {
  bothPublished,
  collectPublished,
  countStatements,
  fromRelease,
  isSuppressed,
  mapPublishable,
  publish,
  publishStatement,
  suppressed,
  type Publishable,
  type Statement,
} from '../../../src/domain/disclosure/publishable';
import type { Mask } from '../../../src/domain/disclosure/types';

const mask: Mask = {
  published: new Set(['network', 'organisation=asker']),
  hidden: new Map([
    ['organisation=bamle', 'threshold'],
    ['organisation=lier', 'empty'],
  ]),
};
const shown = publish(mask, 'organisation=asker', 40);
const hidden = publish(mask, 'organisation=bamle', 3);

describe('publishable figures', () => {
  it('lets published groups through', () => {
    expect(isSuppressed(shown)).toBe(false);
    expect(shown).toMatchObject({ value: 40 });
  });

  it.each(['organisation=bamle', 'organisation=lier', 'organisation=unknown', 'sector=health'])(
    '%s gets the same reply as every other figure that is not shown',
    (group) => {
      const reply = publish(mask, group, 3);
      expect(reply).toBe(suppressed);
      expect(JSON.stringify(reply)).toBe('{"suppressed":true}');
    },
  );

  it('a figure derived from a hidden one is hidden', () => {
    expect(mapPublishable(hidden, (value) => value + 1)).toBe(suppressed);
    expect(mapPublishable(shown, (value) => value + 1)).toMatchObject({ value: 41 });
  });

  it('a difference needs both operands', () => {
    const network = publish(mask, 'network', 50);
    const difference = (a: number, b: number): number => a - b;
    expect(bothPublished(shown, network, difference)).toMatchObject({ value: -10 });
    expect(bothPublished(shown, hidden, difference)).toBe(suppressed);
    expect(bothPublished(hidden, shown, difference)).toBe(suppressed);
  });

  it('does not even compute a figure that is hidden', () => {
    const derive = jest.fn(() => 1);
    bothPublished(shown, hidden, derive);
    mapPublishable(hidden, derive);
    expect(derive).not.toHaveBeenCalled();
  });

  it('collects the published ones of a list', () => {
    expect(collectPublished([shown, hidden]).value).toEqual([40]);
  });

  it('reads stored rows back, a missing row like a hidden one', () => {
    expect(fromRelease({ releaseId: 'r1', isSuppressed: false, figure: { n: 40 } })).toMatchObject({
      value: { n: 40 },
    });
    expect(fromRelease({ releaseId: 'r1', isSuppressed: true })).toBe(suppressed);
    expect(fromRelease(undefined)).toBe(suppressed);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(shown) && Object.isFrozen(suppressed)).toBe(true);
  });

  it('cannot be made elsewhere', () => {
    // @ts-expect-error the brand is known to one file only
    const forged: Publishable<number> = { value: 3 };
    // Without the brand it counts as suppressed wherever it is shown.
    expect(isSuppressed(forged)).toBe(true);
  });
});

describe('what organisations state about themselves', () => {
  const open = { isOpenNetwork: true, minimumOrganisations: 3 };
  const closed = { ...open, isOpenNetwork: false };
  const state = (organisation: string, value: string, approvedFor: Statement<string>['approvedFor'] = 'public') => {
    return { organisation, value, approvedFor };
  };
  const four = ['asker', 'bamle', 'lier', 'oslo'].map((organisation) => state(organisation, 'yes'));

  it('is shown by name in open networks, to those it is approved for', () => {
    const show = (approvedFor: Statement<string>['approvedFor'], audience: 'network' | 'public', policy = open) =>
      publishStatement(state('asker', 'yes', approvedFor), { audience, policy });
    expect(show('network', 'network')).toMatchObject({ value: 'yes' });
    expect(show('public', 'network')).toMatchObject({ value: 'yes' });
    expect(show('public', 'public')).toMatchObject({ value: 'yes' });
    expect(show('network', 'public')).toBe(suppressed);
    expect(show(null, 'network')).toBe(suppressed);
    expect(show('public', 'public', closed)).toBe(suppressed);
  });

  it('is counted without names where every member is left with enough others', () => {
    const count = (statements: readonly Statement<string>[], policy = closed) =>
      countStatements(statements, { audience: 'network', policy });
    expect(count([...four.slice(0, 3), state('oslo', 'no')])).toMatchObject({
      value: new Map([
        ['yes', 3],
        ['no', 1],
      ]),
    });
    expect(count(four.slice(0, 3))).toBe(suppressed);
    expect(count([...four.slice(0, 3), state('oslo', 'no', null)])).toBe(suppressed);
    expect(count(four.slice(0, 1), open)).toMatchObject({ value: new Map([['yes', 1]]) });
  });

  it('is not told by the difference between what the network and what everybody is shown', () => {
    const count = (approved: number, policy = closed) => {
      const inNetwork = Array.from({ length: approved }, (_, at) => state(`more-${at}`, 'no', 'network'));
      return countStatements([...four, ...inNetwork], { audience: 'public', policy });
    };
    expect(count(0)).toMatchObject({ value: new Map([['yes', 4]]) });
    for (const approved of [1, 3]) expect(count(approved)).toBe(suppressed);
    expect(count(4)).toMatchObject({ value: new Map([['yes', 4]]) });
    expect(count(1, open)).toMatchObject({ value: new Map([['yes', 4]]) });
    // The network itself is told what some have approved for it alone.
    const inNetwork = [...four, state('moss', 'yes', 'network')];
    expect(countStatements(inNetwork, { audience: 'network', policy: closed })).toMatchObject({
      value: new Map([['yes', 5]]),
    });
  });

  it('is one thing per organisation', () => {
    expect(() => countStatements([...four, state('oslo', 'no')], { audience: 'network', policy: open })).toThrow(
      RangeError,
    );
  });
});
