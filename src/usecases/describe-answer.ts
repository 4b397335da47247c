import { findBaseLabel } from '../domain/benchmark/comparison-view';
import type { Group } from '../domain/benchmark/types';
import type { EstimatesAnswer } from '../formats/api/estimates-answer';
import type { Results } from './load-results';

/**
 * Describes what answers of the API are about: wave, release, organisations, groups and indicators.
 * @param results a release that the asker may have
 * @param groups groups that figures are given for
 */
export function describeAnswer(results: Results, groups: readonly Group[]): Omit<EstimatesAnswer, 'estimates'> {
  const { lattice } = results.release;
  const shown = new Set(groups.map(({ organisation }) => organisation));
  return {
    wave: describeWave(results),
    release: describeRelease(results),
    organisations: results.wave.organisations
      .filter(({ key }) => shown.has(key))
      .map(({ key, name, kind }) => ({ key, name, kind })),
    groups: groups.map(({ key, organisation, sector, size, peers }) => {
      return { key, organisation, sector, size, ...(peers === null ? {} : { peers }) };
    }),
    ...(lattice.peers === undefined ? {} : { peerGroups: lattice.peers }),
    indicators: describeIndicators(results),
  };
}

function describeWave({ wave }: Results): EstimatesAnswer['wave'] {
  const { key, name, isDemo } = wave.network;
  return { key: wave.key, period: wave.period, network: { key, name }, isSynthetic: isDemo };
}

function describeRelease({ release }: Results): EstimatesAnswer['release'] {
  return {
    number: release.number,
    correction: release.reason,
    releasedAt: release.releasedAt.toISOString(),
    edition: release.audience,
    embargoUntil: release.embargoUntil?.toISOString() ?? null,
    softwareVersion: release.softwareVersion,
    policy: release.policy,
    policySha256: release.policySha256,
    latticeSha256: release.latticeSha256,
    inputSha256: release.inputSha256,
    instrumentSha256: release.instrumentSha256,
    baselinesSha256: release.baselinesSha256,
  };
}

function describeIndicators({ codebook, release }: Results): EstimatesAnswer['indicators'] {
  return codebook.indicators.map((indicator) => ({
    id: indicator.id,
    label: indicator.label,
    base: findBaseLabel(codebook, indicator),
    contributors: [...(release.lattice.contributors[indicator.id] ?? [])],
    options: indicator.options.map(({ id, label }) => ({ id, label })),
  }));
}
