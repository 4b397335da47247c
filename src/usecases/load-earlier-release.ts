import type { Database } from '../db/database';
import { selectReleaseComparisons, selectReleaseEstimates } from '../db/release-figures';
import { selectReleaseEditions, type ReleaseEdition } from '../db/release-history';
import type { Wave } from '../db/waves';
import type { EarlierEdition, EarlierRelease } from '../domain/benchmark/earlier-release';
import { countParticipation, isSameParticipation } from '../domain/benchmark/participation';
import type { ReleaseStratum } from '../domain/benchmark/release-strata';
import { joinAddress } from '../domain/benchmark/release-figures';
import type { ResponseTally } from '../domain/benchmark/tally-responses';
import { declareLattice } from '../domain/disclosure/lattice';
import { suppressed } from '../domain/disclosure/publishable';
import { AppError } from '../errors';

interface Correction {
  readonly wave: Wave;
  readonly strata: readonly ReleaseStratum[];
  readonly tally: Pick<ResponseTally, 'respondents'>;
}

/**
 * Loads what earlier releases of a wave told, for a correction that may tell no more.
 * @param transaction the transaction of the correction
 * @param correction the wave, its strata in canonical order, and respondents per stratum
 * @throws AppError release_answers_changed when a response has gone since the newest release
 */
export async function loadEarlierRelease(
  transaction: Database,
  { wave, strata, tally }: Correction,
): Promise<EarlierRelease> {
  const editions = await selectReleaseEditions(transaction, wave.id);
  const networks = editions.filter(({ audience }) => audience === 'network');
  const [network] = networks;
  if (network === undefined) throw new RangeError(`no release of ${wave.key}`);
  requireSameRespondents(network, strata, tally.respondents);
  const open = editions.find(({ audience }) => audience === 'public');
  return {
    number: network.number,
    firstCellSize: networks.at(-1)?.policy.minimumCellSize ?? wave.policy.minimumCellSize,
    network: await loadEdition(transaction, network),
    ...(open === undefined ? {} : { public: await loadEdition(transaction, open) }),
  };
}

/**
 * Stops a correction when the people behind the figures are no longer those of an earlier release: the difference would
 * show whose response has been erased (statistics.md R8).
 * @param release an earlier edition
 * @param strata strata of the wave
 * @param respondents responses per stratum, same order
 * @throws AppError release_answers_changed
 */
export function requireSameRespondents(
  release: Pick<ReleaseEdition, 'policy' | 'participation'>,
  strata: readonly ReleaseStratum[],
  respondents: Int32Array,
): void {
  const now = countParticipation(strata, respondents, release.policy.minimumCellSize);
  if (!isSameParticipation(release.participation, now)) throw new AppError('release_answers_changed');
}

async function loadEdition(transaction: Database, { id: releaseId, lattice }: ReleaseEdition): Promise<EarlierEdition> {
  const groups = declareLattice(lattice).map(({ key }) => key);
  const estimates = await selectReleaseEstimates(transaction, { releaseId, groups });
  const comparisons = await selectReleaseComparisons(transaction, { releaseId, groups });
  const told = new Map(estimates.map((row) => [joinAddress(row), row.estimate]));
  const compared = new Map(
    comparisons.map((row) => [
      [row.indicator, row.option, row.group, row.kind, row.comparator].join('/'),
      row.comparison,
    ]),
  );
  return {
    findEstimate: (address) => told.get(joinAddress(address)) ?? suppressed,
    findComparison: ({ indicator, option, group, kind, comparator }) =>
      compared.get([indicator, option, group, kind, comparator].join('/')) ?? suppressed,
    hasMeans: comparisons.some(({ kind }) => kind === 'organisations'),
  };
}
