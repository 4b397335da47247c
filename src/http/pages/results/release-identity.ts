import type { ReleaseOrigin } from '../../../usecases/coordinator/read-comparison';
import { formatMoment } from '../waves/release-panel';
import type { Fact } from './comparison-facts';
import type { Words } from './words';

/** What a release is and what it was made from, in words. */
export interface ReleaseIdentity {
  readonly facts: readonly Fact[];
  /** Fingerprints, 64 hexadecimal digits each. */
  readonly hashes: readonly Fact[];
}

const hashes = [
  ['policy', 'policySha256'],
  ['lattice', 'latticeSha256'],
  ['instrument', 'instrumentSha256'],
  ['input', 'inputSha256'],
  ['baselines', 'baselinesSha256'],
] as const;

/**
 * Tells what a release is made from.
 * @param release its header
 * @param words words of the reader's language
 */
export function createReleaseIdentity(release: ReleaseOrigin, words: Words): ReleaseIdentity {
  const fact = (name: 'number' | 'correction' | 'time' | 'edition' | 'policy' | 'software', text: string): Fact => {
    return { term: words.t(`release_identity.${name}`), text };
  };
  return {
    facts: [
      fact('number', String(release.number)),
      ...(release.reason === null ? [] : [fact('correction', release.reason)]),
      fact('time', formatMoment(release.releasedAt, words)),
      fact('edition', words.t(`release_identity.edition.${release.audience}`)),
      fact('policy', describePolicy(release, words)),
      fact('software', release.softwareVersion),
    ],
    hashes: hashes.map(([name, column]) => ({ term: words.t(`release_identity.${name}_hash`), text: release[column] })),
  };
}

function describePolicy({ policy }: ReleaseOrigin, words: Words): string {
  const { minimumCellSize, isOpenNetwork, minimumOrganisations, maximumOrganisationShare } = policy;
  const members = isOpenNetwork
    ? words.t('release_identity.policy.open')
    : words.t('release_identity.policy.closed', {
        count: minimumOrganisations,
        share: Math.round(maximumOrganisationShare * 100),
      });
  return `${words.t('release_identity.policy.size', { count: minimumCellSize })} ${members}`;
}
