import type { BaselineLink } from '../instrument/codebook';
import type { LocalisedText } from '../languages';
import type { BaselineCatalogue, BaselineRow } from './baselines';

/** Whose figure a baseline is put beside. */
export type BaselineViewer = 'municipality' | 'county' | 'other' | 'network';

/**
 * Whom a published figure speaks of: Danish municipal workplaces, the whole Danish public sector, Norwegian
 * municipal and county units, Norwegian municipal units.
 */
export type BaselinePopulation = 'municipal' | 'all_public' | 'municipal_and_county_units' | 'municipal_units';

/** One published figure, to be shown with its caveats. */
export interface BaselineFigure {
  /** Per cent, 0-100, as published. */
  readonly percent: number;
  /** Published as "seven in ten" or the like: to be written "ca.". */
  readonly isRounded: boolean;
  /** Answers behind it; null where none is published. */
  readonly n: number | null;
  readonly round: string;
  readonly period: string;
  readonly population: BaselinePopulation;
  readonly base: string;
  readonly source: { readonly title: string; readonly url: string };
}

/** A figure beside an indicator option; no figure where the codebook says that it cannot be compared. */
export interface BaselineBeside {
  readonly baseline: string;
  readonly comparability: BaselineLink['comparability'];
  readonly why: LocalisedText;
  readonly figure: BaselineFigure | null;
}

interface Candidate {
  readonly row: BaselineRow;
  readonly population: BaselinePopulation;
}

/** Rounds that form a series of their own in a baseline with Norwegian figures: KS asked other sectors each time. */
const seriesRound = /^KS \d{4}$/;

/**
 * Chooses which published figures may stand beside an indicator option: of Denmark the municipal figure of the latest
 * round that has one (municipalities only), otherwise the latest one for the whole public sector; of KS one figure a
 * round, newest first. Counties and the network never get a figure for municipalities alone, because Danish regions
 * run hospitals and are unlike Norwegian counties.
 * @param catalogue every published figure
 * @param link tie between the indicator option and a baseline's indicator
 * @param viewer whose own figure stands beside it
 * @returns figures to show, newest first; one entry without figure when the codebook says "own"; none when nothing fits
 */
export function pickBaselineFigures(
  catalogue: BaselineCatalogue,
  link: BaselineLink,
  viewer: BaselineViewer,
): readonly BaselineBeside[] {
  const tie = { baseline: link.baseline, comparability: link.comparability, why: link.why };
  if (link.comparability === 'own') return [{ ...tie, figure: null }];
  const candidates = (catalogue.rows.get(link.baseline) ?? [])
    .filter((row) => row.indicator_id === link.indicatorId && row.option_id === link.optionId && row.unit !== 'number')
    .flatMap((row) => {
      const population = classifyPopulation(row);
      return population === null ? [] : [{ row, population }];
    })
    .filter((candidate) => viewer === 'municipality' || !isMunicipalOnly(candidate.population));
  return [...pickDanish(candidates), ...pickSeries(candidates)].map((candidate) => ({
    ...tie,
    figure: describe(candidate),
  }));
}

function classifyPopulation(row: BaselineRow): BaselinePopulation | null {
  if (seriesRound.test(row.round)) {
    if (row.population.startsWith('municipal and county units')) return 'municipal_and_county_units';
    if (row.population.startsWith('municipal units (')) return 'municipal_units';
    return null;
  }
  if (row.country !== undefined && row.country !== 'DK') return null;
  if (row.population === 'municipal') return 'municipal';
  return row.population === 'all public workplaces' ? 'all_public' : null;
}

function isMunicipalOnly(population: BaselinePopulation): boolean {
  return population === 'municipal' || population === 'municipal_units';
}

function pickDanish(candidates: readonly Candidate[]): readonly Candidate[] {
  const municipal = candidates.filter((candidate) => candidate.population === 'municipal');
  const pool =
    municipal.length > 0 ? municipal : candidates.filter((candidate) => candidate.population === 'all_public');
  return [...pool].sort(newestExactFirst).slice(0, 1);
}

function pickSeries(candidates: readonly Candidate[]): readonly Candidate[] {
  const series = candidates.filter((candidate) => seriesRound.test(candidate.row.round)).sort(newestExactFirst);
  return series.filter((candidate, index) => series[index - 1]?.row.round !== candidate.row.round);
}

/** Latest round first; in a round municipal units before mixed ones, exact figures before rounded ones. */
function newestExactFirst(a: Candidate, b: Candidate): number {
  if (a.row.round !== b.row.round) return b.row.round.localeCompare(a.row.round, 'en', { numeric: true });
  const byPopulation = Number(isMunicipalOnly(b.population)) - Number(isMunicipalOnly(a.population));
  if (byPopulation !== 0) return byPopulation;
  return Number(a.row.unit === 'percent_rounded') - Number(b.row.unit === 'percent_rounded');
}

function describe({ row, population }: Candidate): BaselineFigure {
  return {
    percent: row.value,
    isRounded: row.unit === 'percent_rounded',
    n: row.n,
    round: row.round,
    period: row.period,
    population,
    base: row.base,
    source: { title: row.source_title, url: row.source_url },
  };
}
