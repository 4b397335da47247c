import { performance } from 'node:perf_hooks';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { computeRelease } from '../src/domain/benchmark/compute-release';
import { sortStrata, type ReleaseStratum } from '../src/domain/benchmark/release-strata';
import { createResponseCounter } from '../src/domain/benchmark/tally-responses';
import { defaultPolicy } from '../src/domain/disclosure/policy';
import { sectors, sizes } from '../src/domain/fieldwork/types';
import type { Indicator } from '../src/domain/instrument/codebook';
import type { CompiledIndicator } from '../src/domain/instrument/indicator-values';
import { report, type Figure } from './support/figures';

/** Computing the figures of a synthetic release. Argument: number of organisations. */
const organisationCount = Number(process.argv[2] ?? 7);
const unitsBySize = { S: 14, M: 7, L: 6 };
const indicatorCount = 60;
const optionCount = 150;

const random = xoroshiro128plus(1);
const chance = (share: number): boolean => uniformInt(random, 0, 999_999) < share * 1_000_000;
const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

function createIndicator(index: number): CompiledIndicator {
  const options = Array.from({ length: index < optionCount - 2 * indicatorCount ? 3 : 2 }, (_, option) => `o${option}`);
  const indicator: Indicator = {
    id: `i${index}`,
    label: text,
    themes: ['t'],
    direction: 'none',
    sensitivity: index % 4 === 0 ? 1 : 0,
    denominator: { base: 'all', answered: ['x'] },
    options: options.map((id) => ({ id, label: text, numerator: [{ variable: 'x', in: ['a'] }] })),
  };
  const validShare = index < 10 ? 1 : 0.8;
  return { indicator, evaluate: () => ({ isValid: chance(validShare), options: options.map(() => chance(0.4)) }) };
}

function createStrata(): readonly ReleaseStratum[] {
  const strata = Array.from({ length: organisationCount }, (_, index) => `org${index}`).flatMap((organisation) =>
    sectors.flatMap((sector) =>
      sizes.map((size) => ({
        code: `${organisation}:${sector}:${size}`,
        organisation,
        sector,
        size,
        cells: [{ sector, size }],
        frameCount: unitsBySize[size],
        invitedCount: unitsBySize[size],
        ineligibleCount: 0,
      })),
    ),
  );
  return sortStrata(strata);
}

const strata = createStrata();
const indicators = Array.from({ length: indicatorCount }, (_, index) => createIndicator(index));
const figures = [true, false].flatMap((isOpenNetwork): readonly Figure[] => {
  const counter = createResponseCounter(
    indicators,
    strata.map((stratum) => stratum.code),
  );
  const counted = performance.now();
  for (const stratum of strata) {
    for (let unit = 0; unit < stratum.invitedCount; unit++) if (chance(0.58)) counter.add(stratum.code, {});
  }
  const started = performance.now();
  const release = computeRelease({
    bases: [],
    strata,
    tally: counter.tally,
    policy: { ...defaultPolicy, isOpenNetwork },
  });
  const computed = performance.now();
  const shown = release.estimates.filter((row) => 'value' in row.estimate).length;
  const network = `${organisationCount} organisations, ${isOpenNetwork ? 'open' : 'closed'}`;
  return [
    { name: `${network}: counting`, rounds: [started - counted], unit: 'ms' },
    { name: `${network}: computing the release`, rounds: [computed - started], unit: 'ms' },
    { name: `${network}: figures shown`, rounds: [shown], unit: `of ${release.estimates.length}` },
  ];
});
report(figures);
