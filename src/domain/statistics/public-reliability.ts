import { isUnreliable } from './reliability';
import type { Interval } from './wilson';

/** Fewest valid answers behind a figure of a public table. */
const minimumPublicCount = 30;

/**
 * Whether a figure is too uncertain for a public table: fewer than 30 valid answers, or an interval too wide to read.
 * Organisations see such a figure of their own in grey with its interval instead.
 * Source: Parker et al. (2017), NCHS Data Presentation Standards for Proportions, Series 2 no. 175.
 * @param figure - valid answers, share and 95 % limits in 0-1
 * @returns true when it is left out as unreliable
 */
export function isUnreliableInPublic(figure: Interval & { readonly n: number; readonly share: number }): boolean {
  return figure.n < minimumPublicCount || isUnreliable(figure.share, figure);
}
