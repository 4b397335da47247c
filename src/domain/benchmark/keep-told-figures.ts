import { bothPublished, isSuppressed } from '../disclosure/publishable';
import { printedPercent } from '../disclosure/printed-share';
import type { EarlierEdition } from './earlier-release';
import { hideMore, type EstimatedIndicator } from './estimate-indicator';
import type { MaskedIndicator } from './indicator-groups';
import type { ReleaseEstimateRow } from './release-figures';
import type { GroupKey, ReleaseEstimate } from './types';

/** Other orders of adding up may differ by this. */
const tolerance = 1e-12;

/** Masks and figures of an edition, indicator by indicator. */
export interface EditionFigures {
  readonly masked: readonly MaskedIndicator[];
  readonly estimated: readonly EstimatedIndicator[];
}

interface TwiceTold {
  readonly group: GroupKey;
  readonly isCoarse: boolean;
  readonly isSame: boolean;
}

/**
 * Keeps of a correction what an earlier edition told: the same groups or fewer, with the same shares, in steps that are as
 * coarse. When one share or number of answers of an indicator comes out differently, nothing of that indicator is kept:
 * which of its groups stayed the same would tell how their members answered.
 * @param edition figures of the correction
 * @param earlier what was told before; left out: nothing, and everything is kept
 */
export function keepToldFigures(edition: EditionFigures, earlier: EarlierEdition | undefined): EditionFigures {
  if (earlier === undefined) return edition;
  const masked = edition.masked.map((one, index) => keepTold(one, edition.estimated[index]?.rows ?? [], earlier));
  return { masked, estimated: masked.map((one, index) => hideMore(one, edition.estimated[index])) };
}

function keepTold(one: MaskedIndicator, rows: readonly ReleaseEstimateRow[], earlier: EarlierEdition): MaskedIndicator {
  const { published, hidden } = one.shown.mask;
  const pairs = rows.flatMap((row): readonly TwiceTold[] => {
    const told = bothPublished(row.estimate, earlier.findEstimate(row), compareFigures);
    return isSuppressed(told) ? [] : [{ group: row.group, ...told.value }];
  });
  const isChanged = pairs.some(({ isSame }) => !isSame);
  const untold = new Set(rows.filter((row) => isSuppressed(earlier.findEstimate(row))).map(({ group }) => group));
  const kept = [...published].filter((group) => !isChanged && !untold.has(group));
  const isKept = new Set(kept);
  return {
    ...one,
    shown: {
      ...one.shown,
      mask: {
        published: isKept,
        hidden: new Map([
          ...hidden,
          ...[...published].filter((group) => !isKept.has(group)).map((group) => [group, 'correction'] as const),
        ]),
      },
      coarse: new Set([...one.shown.coarse, ...pairs.filter(({ isCoarse }) => isCoarse).map(({ group }) => group)]),
    },
  };
}

function compareFigures(now: ReleaseEstimate, before: ReleaseEstimate): Omit<TwiceTold, 'group'> {
  const isSame =
    now.n === before.n &&
    Math.abs(now.share - before.share) <= tolerance &&
    [false, true].every(
      (isCoarse) => printedPercent(now.share, now.n, isCoarse) === printedPercent(before.share, before.n, isCoarse),
    );
  return { isCoarse: before.flags.includes('coarse'), isSame };
}
