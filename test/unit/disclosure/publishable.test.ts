import {
  bothPublished,
  collectPublished,
  fromRelease,
  isSuppressed,
  mapPublishable,
  publish,
  suppressed,
  type Publishable,
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
