import type { Publishable, Suppressed } from '../disclosure/publishable';
import type { FigureAddress, ReleaseComparisonRow } from './release-figures';
import type { ReleaseComparison, ReleaseEstimate } from './types';

/** What one edition of the newest earlier release of the same wave told. */
export interface EarlierEdition {
  readonly findEstimate: (address: FigureAddress) => Publishable<ReleaseEstimate> | Suppressed;
  readonly findComparison: (
    address: Omit<ReleaseComparisonRow, 'comparison'>,
  ) => Publishable<ReleaseComparison> | Suppressed;
  /** Whether it compared organisations with their mean at all. */
  readonly hasMeans: boolean;
}

/**
 * What everybody knows before a correction. Each correction tells no more than the release before it, so the newest edition
 * of each kind stands for all.
 */
export interface EarlierRelease {
  /** Number of the newest release. */
  readonly number: number;
  /** Smallest number of answers behind a figure of the first release. */
  readonly firstCellSize: number;
  readonly network: EarlierEdition;
  /** The newest public edition, of whichever release; left out: there was none. */
  readonly public?: EarlierEdition;
}
