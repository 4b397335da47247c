import { maximumWhole } from '../../../domain/disclosure/audit-bounds';
import { minimumCountForDesign } from '../../../domain/benchmark/limits-to-show';
import { coarseSteps } from '../../../domain/disclosure/printed-share';
import { minimumStratumSize } from '../../../domain/fieldwork/strata';
import { assumedDesignEffect } from '../../../domain/statistics/compare-with-baseline';
import { largestAdjustment } from '../../../domain/statistics/flag-weights';
import { narrowInterval, widestInterval, widestRelativeInterval } from '../../../domain/statistics/reliability';
import { completePart } from '../../../domain/statistics/response-rates';
import { smallestRankability } from '../../../domain/statistics/shrink-shares';
import { falseDiscoveryRate } from '../../../domain/statistics/verdict';
import { minimumCountForErrors } from '../../../formats/estimates-table';
import type { TextKey, TextValues } from '../../../texts/translate';
import { formatCount, joinNames } from '../format-date';
import { methodOutline } from './method-outline';
import type { Words } from './words';

/** Limits of a release that the method names. */
export interface MethodLimits {
  /** Fewest valid answers behind a figure of the edition. */
  readonly cellSize: number;
  /** Fewest valid answers behind a figure of the network's edition. */
  readonly networkCellSize: number;
  /** Fewest behind a public figure; null: respondents were not told of public figures. */
  readonly publicCellSize: number | null;
  /** Null: told for both kinds of networks. */
  readonly isOpenNetwork: boolean | null;
  readonly minimumOrganisations: number;
  /** Invited workplaces behind a figure, and respondents who may know of each other (R2). */
  readonly minimumWorkplaces: number;
  readonly insiders: number;
  /** Whether only groups of whole building blocks are shown. */
  readonly buildingBlocks: boolean;
  /** Whether shares have Korn and Graubard's interval; null: told for both. */
  readonly conservativeIntervals: boolean | null;
  /** 0-1. */
  readonly maximumOrganisationShare: number;
  /** Smallest difference called above or below, 0-1. */
  readonly relevantDifference: number;
}

/** One section in words. */
export interface MethodSection {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly formulas: readonly string[];
  /** What the letters of the formulas mean; null where there are none. */
  readonly symbols: string | null;
  readonly sources: readonly string[];
}

/** Paragraphs that hold for some releases only. */
const conditions: Partial<Record<TextKey, (limits: MethodLimits) => boolean>> = {
  'method.hidden.r6_closed': ({ isOpenNetwork }) => isOpenNetwork !== true,
  'method.hidden.r6_open': ({ isOpenNetwork }) => isOpenNetwork !== false,
  'method.uncertainty.wilson': ({ conservativeIntervals }) => conservativeIntervals !== true,
  'method.uncertainty.korn_graubard': ({ conservativeIntervals }) => conservativeIntervals !== false,
  'method.hidden.blocks': ({ buildingBlocks }) => buildingBlocks,
  'method.editions.limit': ({ publicCellSize }) => publicCellSize !== null,
  'method.editions.none': ({ publicCellSize }) => publicCellSize === null,
};

/**
 * Says how figures are made and protected, with the limits of a release.
 * @param limits limits of the release, or the usual ones
 * @param words words of the reader's language
 * @returns sections in order
 */
export function listMethodSections(limits: MethodLimits, words: Words): readonly MethodSection[] {
  const values = nameLimits(limits, words);
  return methodOutline.map(({ id, title, paragraphs, formulas, symbols, sources }) => ({
    id,
    title: words.t(title),
    paragraphs: paragraphs.filter((key) => conditions[key]?.(limits) ?? true).map((key) => words.t(key, values)),
    formulas,
    symbols: symbols === null ? null : words.t(symbols),
    sources,
  }));
}

function toPercent(part: number): number {
  return Math.round(part * 100);
}

function nameLimits(limits: MethodLimits, words: Words): TextValues {
  return {
    cellSize: limits.cellSize,
    remaining: limits.cellSize - 1,
    networkCellSize: limits.networkCellSize,
    publicCellSize: limits.publicCellSize ?? 0,
    organisations: limits.minimumOrganisations,
    workplaces: limits.minimumWorkplaces,
    insiders: limits.insiders,
    auditOrganisations: maximumWhole.organisations,
    auditCells: maximumWhole.columns,
    organisationShare: toPercent(limits.maximumOrganisationShare),
    points: toPercent(limits.relevantDifference),
    rate: toPercent(falseDiscoveryRate),
    stratum: minimumStratumSize,
    adjustment: largestAdjustment,
    designCount: minimumCountForDesign,
    widest: toPercent(widestInterval),
    narrow: toPercent(narrowInterval),
    relative: toPercent(widestRelativeInterval),
    steps: nameSteps(words),
    errorCount: formatCount(words.language, minimumCountForErrors),
    complete: toPercent(completePart),
    rankability: toPercent(smallestRankability),
    designEffect: writeDecimal(assumedDesignEffect, words),
  };
}

function writeDecimal(value: number, { language }: Words): string {
  const text = String(value);
  return language === 'en' ? text : text.replace('.', ',');
}

function nameSteps(words: Words): string {
  const steps = coarseSteps.map(({ below, points }) =>
    Number.isFinite(below)
      ? words.t('method.rounding.step_below', { points, count: below })
      : words.t('method.rounding.step_else', { points }),
  );
  return joinNames(words.language, steps);
}
