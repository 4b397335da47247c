import type { Context } from '../context';
import { selectReleaseComparisons, selectReleaseEstimates } from '../db/release-figures';
import { compareOrganisations } from '../domain/benchmark/compare-organisations';
import type { ComparatorKind } from '../domain/benchmark/comparators';
import type {
  BreakdownChoice,
  ChosenComparator,
  ComparisonRowsInput,
  NamedOrganisation,
} from '../domain/benchmark/comparison-view';
import { createGroup } from '../domain/benchmark/groups';
import { listHeadlines } from '../domain/benchmark/headline-options';
import { suppressed } from '../domain/disclosure/publishable';
import { readRelevantDifference } from '../domain/disclosure/policy';
import { AppError } from '../errors';
import type { Results } from './load-results';
import { namePeerGroup } from './name-peer-group';

/** What somebody wants to compare with; left out: the rest of the network. */
export interface ComparatorWish {
  readonly kind: ComparatorKind;
  /** Key of the other organisation, for the kind "organisation" alone. */
  readonly organisationKey?: string | undefined;
  /** Code of a peer group, for the kind "peers" alone. */
  readonly peers?: string | undefined;
}

/**
 * Lists what an organisation can be compared with in a release: what is stored with it, and in an open network every
 * other organisation.
 * @param results a release
 * @param organisation key of the organisation
 * @param others organisations that are visible to the reader, the own one left out
 */
export function listComparators(
  { release, wave }: Pick<Results, 'release' | 'wave'>,
  organisation: string,
  others: readonly NamedOrganisation[],
): readonly ChosenComparator[] {
  const kinds = release.comparators?.kinds ?? ['rest'];
  return [
    ...kinds.flatMap((kind): readonly ChosenComparator[] => {
      if (kind !== 'peers') return [{ kind }];
      return (release.lattice.peers ?? [])
        .filter(({ members }) => members.includes(organisation))
        .map((group) => ({ kind, peers: namePeerGroup(group, wave.organisations) }));
    }),
    ...(release.policy.isOpenNetwork ? others : []).map(({ key, name }) => ({
      kind: 'organisation' as const,
      organisation: { key, name },
    })),
  ];
}

/**
 * Finds what somebody wants to compare with among what there is. An organisation that is in no such peer group is compared
 * with the rest of the network, so that another organisation can be looked at without choosing anew.
 * @param choices comparators of the release
 * @param wish kind, and organisation or peer group
 * @param peers codes of the release's peer groups
 * @throws AppError not_found
 */
export function chooseComparator(
  choices: readonly ChosenComparator[],
  wish: ComparatorWish | undefined,
  peers: readonly string[],
): ChosenComparator {
  const { kind, ...wanted } = wish ?? { kind: 'rest' };
  const found = choices.find((one) => {
    if (kind !== one.kind) return false;
    if (one.kind === 'organisation') return one.organisation.key === wanted.organisationKey;
    return one.kind !== 'peers' || one.peers.code === wanted.peers;
  });
  if (found !== undefined) return found;
  const isElsewhere = kind === 'peers' && peers.includes(wanted.peers ?? '');
  if (kind === 'rest' || isElsewhere) return { kind: 'rest' };
  throw new AppError('not_found');
}

interface Compared {
  readonly comparator: ChosenComparator;
  readonly organisation: NamedOrganisation;
  readonly breakdown: BreakdownChoice;
  /** Indicators of the page. */
  readonly indicators: readonly string[];
}

/**
 * Reads the comparisons of one organisation with what was chosen; with another organisation they are decided now, from
 * the stored figures of both.
 * @param context the process' context
 * @param results a release that the reader may have
 * @param compared who is compared with what
 */
export async function loadComparisons(
  context: Context,
  results: Results,
  compared: Compared,
): Promise<Pick<ComparisonRowsInput, 'comparisons' | 'comparator' | 'breaks' | 'decided'>> {
  const { release } = results;
  const { comparator, organisation, breakdown, indicators } = compared;
  const breaks = release.comparators?.breaks ?? [];
  if (comparator.kind === 'organisation') {
    const decided = await decide(context, results, { ...compared, other: comparator.organisation });
    return { comparator, breaks, comparisons: [], decided };
  }
  const category = breakdown.dimension === 'none' ? {} : { [breakdown.dimension]: breakdown.value };
  const stored = await selectReleaseComparisons(context.db, {
    releaseId: release.id,
    indicators,
    groups: [createGroup({ ...category, organisation: organisation.key }).key],
    kinds: [comparator.kind],
  });
  const wanted =
    comparator.kind === 'peers' ? createGroup({ peers: comparator.peers.code, rest: organisation.key }).key : null;
  const comparisons = stored.filter((row) => wanted === null || row.comparator === wanted);
  return { comparator, breaks, comparisons, decided: () => suppressed };
}

/** One family holds all headline options, in every category of the breakdown. */
async function decide(
  context: Context,
  { release, codebook }: Results,
  {
    organisation,
    other,
    breakdown: { dimension },
  }: Omit<Compared, 'comparator'> & { readonly other: NamedOrganisation },
): Promise<ComparisonRowsInput['decided']> {
  const values = { none: [null], sector: release.lattice.sectors, size: release.lattice.sizes }[dimension];
  const groups = values.map((value) => {
    const category = value === null ? {} : { [dimension]: value };
    return {
      own: createGroup({ ...category, organisation: organisation.key }).key,
      other: createGroup({ ...category, organisation: other.key }).key,
    };
  });
  const estimates = await selectReleaseEstimates(context.db, {
    releaseId: release.id,
    groups: groups.flatMap((pair) => [pair.own, pair.other]),
  });
  return compareOrganisations({
    groups,
    estimates,
    headlines: listHeadlines(codebook.indicators),
    relevantDifference: readRelevantDifference(release.policy),
  });
}
