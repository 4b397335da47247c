import type { PrintedFigure } from './knowledge';

/** What a later release tells besides an earlier one. */
export interface LaterFinding {
  readonly kind: 'new figure' | 'other number' | 'other share' | 'finer share';
  readonly address: string;
  /** Respondents in one release and not in the other; null where that does not follow. */
  readonly n: number | null;
}

/**
 * Puts two releases of the same wave side by side: figures that only the later one prints, numbers of respondents that
 * differ, shares that differ or are printed more finely. Where none is found, the later release is a part of the earlier
 * one and every equation of it is known already.
 */
export function attackLaterRelease(
  before: readonly PrintedFigure[],
  after: readonly PrintedFigure[],
): readonly LaterFinding[] {
  const addressOf = ({ indicator, option, group }: PrintedFigure): string => `${indicator}.${option} ${group}`;
  const known = new Map(before.map((figure) => [addressOf(figure), figure]));
  return after.flatMap((figure): readonly LaterFinding[] => {
    const address = addressOf(figure);
    const told = known.get(address);
    if (told === undefined) return [{ kind: 'new figure', address, n: null }];
    if (told.n !== figure.n) return [{ kind: 'other number', address, n: Math.abs(told.n - figure.n) }];
    if (told.isCoarse && !figure.isCoarse) return [{ kind: 'finer share', address, n: null }];
    const step = figure.isCoarse ? (figure.n < 20 ? 20 : figure.n < 60 ? 10 : 5) : 1;
    const isSame = told.isCoarse === figure.isCoarse ? told.percent === figure.percent : isWithin(told, figure, step);
    return isSame ? [] : [{ kind: 'other share', address, n: null }];
  });
}

/** A share that was whole and is coarse now must be the rounded one. */
function isWithin(told: PrintedFigure, figure: PrintedFigure, step: number): boolean {
  return Math.abs(told.percent - figure.percent) <= step / 2 + 0.5;
}

/** Numbers of respondents below k that follow from two releases together: somebody has gone. */
export function findGone(findings: readonly LaterFinding[], k: number): readonly LaterFinding[] {
  return findings.filter(({ kind, n }) => kind === 'other number' && n !== null && n < k);
}
