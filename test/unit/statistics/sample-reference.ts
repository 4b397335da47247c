import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Margin } from '../../../src/domain/statistics/collapse-categories';
import type { Sample, SamplingStratum } from '../../../src/domain/statistics/sample';
import { expectWithin } from './reference';

/** Named figures of one reference row; text columns are read with `textIn`. */
export type Figures = Readonly<Record<string, number | string | null>>;
type Columns<Numbers extends string, Texts extends string = never> = Readonly<
  Record<Numbers, readonly number[]> & Record<Texts, readonly string[]>
>;

interface StoredSamples {
  readonly units: Columns<'size' | 'v' | 'w' | 'heads', 'organisation' | 'sector'> &
    Readonly<Record<'share' | 'scale' | 'money' | 'category', readonly (number | null)[]>>;
  readonly strata: Columns<'m' | 'N'>;
  readonly shares: readonly Figures[];
  readonly means: readonly Figures[];
  readonly exact: readonly Figures[];
  readonly overlaps: readonly Figures[];
  readonly tables: readonly Figures[];
  readonly calibrated: {
    readonly sectorTotals: readonly number[];
    readonly sizeTotals: readonly number[];
    readonly trimmedWeights: readonly number[];
    readonly trimmingRounds: number;
    readonly variationBefore: number;
    readonly variationAfter: number;
    readonly postWeights: readonly number[];
    readonly postShares: readonly Figures[];
    readonly postMeans: readonly Figures[];
    readonly rakedWeights: readonly number[];
    readonly rakedShares: readonly Figures[];
    readonly rakedMeans: readonly Figures[];
  };
  readonly staff: Columns<'place' | 'v' | 'w' | 'share' | 'scale' | 'young'>;
  readonly placeStrata: Columns<'m' | 'N'>;
  readonly clusters: Readonly<Record<'all' | 'young' | 'one', Figures>>;
  readonly uniform: Figures;
  readonly waves: Columns<'wave' | 'unit' | 'y' | 'w' | 'v', 'organisation'>;
  readonly trends: readonly Figures[];
  readonly panel: Figures;
  readonly apistrat: Columns<'pw' | 'fpc' | 'api00', 'stype'>;
  readonly apiclus1: Columns<'dnum' | 'pw' | 'api00', 'stype' | 'sch.wide'>;
  readonly fpcExample: Columns<'stratid' | 'psuid' | 'weight' | 'Nh' | 'nh' | 'x'>;
}

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(__dirname, '../../reference/statistics', name), 'utf8'));
}

/** Values made by samples.R. */
export const stored = readJson('samples.json') as StoredSamples;

export function figure(row: Figures, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw new Error(`No number ${name} in the reference row.`);
  return value;
}

export function textIn(row: Figures, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new Error(`No text ${name} in the reference row.`);
  return value;
}

/** Holds a result against stored figures of the same names; estimates and errors to 1e-8, limits to 1e-6. */
export function expectFigures(
  row: Figures,
  actual: Readonly<Record<string, number | null | undefined>>,
  tolerance: number,
): void {
  for (const [name, value] of Object.entries(actual)) expectWithin(value ?? NaN, figure(row, name), tolerance);
}

export function listStrata(columns: Columns<'m' | 'N'>): SamplingStratum[] {
  return columns.m.map((sampled, index) => ({ sampled, population: columns.N[index]! }));
}

/** The network of workplaces of samples.R, before calibration. */
export const workplaces: Sample = {
  strata: listStrata(stored.strata),
  stratumOf: Int32Array.from(stored.units.v),
  unitOf: Int32Array.from(stored.units.v.keys()),
  weights: Float64Array.from(stored.units.w),
  calibration: null,
};

export function isInGroup(group: string, respondent: number): boolean {
  const { organisation, sector } = stored.units;
  return group === 'network' || organisation[respondent] === group || sector[respondent] === group;
}

export type Item = 'share' | 'scale' | 'money' | 'category';

export function inDomain(group: string, item: Item): Uint8Array {
  return Uint8Array.from(stored.units[item], (answer, at) => (answer !== null && isInGroup(group, at) ? 1 : 0));
}

export function answersTo(item: Item): Float64Array {
  return Float64Array.from(stored.units[item], (answer) => answer ?? 0);
}

export const sectorMargin: Margin = {
  name: 'sector',
  categoryOf: Int32Array.from(stored.units.sector, (sector) => ['a', 'b', 'c'].indexOf(sector)),
  totals: stored.calibrated.sectorTotals,
};

export const sizeMargin: Margin = {
  name: 'size',
  categoryOf: Int32Array.from(stored.units.size),
  totals: stored.calibrated.sizeTotals,
};
