import type { Publishable, Suppressed } from '../disclosure/publishable';
import type { FigureAddress } from './release-figures';
import type { ReleaseEstimate } from './types';

/** An organisation's own figure in an earlier wave, when that wave defines indicator and option in the same way. */
export interface EarlierFigure {
  /** Key of the earlier wave. */
  readonly wave: string;
  readonly figure: Publishable<ReleaseEstimate> | Suppressed;
}

/** A figure published by others with the number of answers behind it. */
export interface PublishedFigure {
  readonly baseline: string;
  readonly round: string;
  /** Per cent as published, 0-100. */
  readonly percent: number;
  readonly n: number;
}

/** What one edition of a release is compared with besides its own figures. */
export interface OutsideFigures {
  /** Earlier waves in use, newest first, with the number of the release that is read. */
  readonly waves: readonly { readonly key: string; readonly period: string; readonly release: number }[];
  /** "indicator/option" that an earlier wave defines otherwise. */
  readonly breaks: readonly string[];
  /** Null: no earlier wave has the indicator and option in the same form. */
  readonly findEarlier: (address: FigureAddress) => EarlierFigure | null;
  /** Null: no published figure with a known number of answers can stand beside the option for this organisation. */
  readonly findPublished: (organisation: string, indicator: string, option: string) => PublishedFigure | null;
}

/** A wave without anything before it or beside it. */
export const nothingOutside: OutsideFigures = {
  waves: [],
  breaks: [],
  findEarlier: () => null,
  findPublished: () => null,
};
