import type { Context } from '../../context';
import type { ResultWave } from '../../db/released-waves';
import type { ReleaseHeader } from '../../db/releases';
import { selectReleaseEstimates } from '../../db/release-figures';
import { summariseComparison, type ComparisonSummary } from '../../domain/benchmark/comparison-summary';
import {
  buildComparisonRows,
  listComparisonGroups,
  listThemeIndicators,
  type BreakdownChoice,
  type ChosenComparator,
  type ComparisonRow,
  type NamedOrganisation,
  type OrganisationKind,
} from '../../domain/benchmark/comparison-view';
import type { ParticipationCount } from '../../domain/benchmark/participation';
import type { ReleaseLattice } from '../../domain/benchmark/release-figures';
import type { ReleaseVisibility } from '../../domain/fieldwork/release-choice';
import type { LocalisedText } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { readIntervalMethod } from '../../domain/disclosure/policy';
import type { IntervalMethod } from '../../domain/statistics/types';
import { falseDiscoveryRate } from '../../domain/statistics/verdict';
import { AppError } from '../../errors';
import { chooseComparator, listComparators, loadComparisons, type ComparatorWish } from '../choose-comparator';
import { loadResponseRates, type NamedRates } from '../load-response-rates';
import { isOrganisationVisible, loadResults, type Results } from '../load-results';

export interface ComparisonInput {
  readonly waveKey: string;
  /** Left out: the actor's own organisation, else the first whose figures the actor may see. */
  readonly organisationKey?: string | undefined;
  /** Left out: the instrument's default theme. */
  readonly theme?: string | undefined;
  readonly breakdown: 'none' | 'sector' | 'size';
  /** Left out: the first category of the breakdown. */
  readonly breakdownValue?: string | undefined;
  /** Left out: the rest of the network. */
  readonly comparator?: ComparatorWish | undefined;
}

/** What identifies a release and what it was made from; nothing of it tells what is hidden. */
export type ReleaseOrigin = Pick<
  ReleaseHeader,
  | 'number'
  | 'reason'
  | 'releasedAt'
  | 'audience'
  | 'policy'
  | 'softwareVersion'
  | 'policySha256'
  | 'latticeSha256'
  | 'instrumentSha256'
  | 'inputSha256'
  | 'baselinesSha256'
>;

/** Everything on a comparison page; texts in every language, figures publishable only. */
export interface ComparisonPage {
  readonly wave: { readonly key: string; readonly period: string };
  readonly network: { readonly key: string; readonly name: string; readonly isOpen: boolean; readonly isDemo: boolean };
  readonly organisation: NamedOrganisation & { readonly kind: OrganisationKind };
  readonly theme: { readonly id: string; readonly label: LocalisedText; readonly description: LocalisedText };
  readonly breakdown: BreakdownChoice;
  readonly comparator: ChosenComparator;
  /** Earlier waves that figures of the release are compared with, newest first. */
  readonly earlierWaves: readonly { readonly key: string; readonly period: string }[];
  readonly release: {
    readonly number: number;
    readonly releasedAt: Date;
    readonly softwareVersion: string;
    readonly audience: ReleaseVisibility;
    /** Until when only those who run the wave see the page; null when it is not held back. */
    readonly heldBackUntil: Date | null;
  };
  readonly origin: ReleaseOrigin;
  readonly method: {
    /** Fewer valid answers than this are never shown. */
    readonly minimumCellSize: number;
    readonly falseDiscoveryRate: number;
    /** Smallest difference called above or below, percentage points. */
    readonly relevantDifferencePoints: number;
    readonly intervals: IntervalMethod;
  };
  readonly participation: {
    /** Null: too few invited for the counts to be told. */
    readonly own: ParticipationCount | null;
    readonly network: ParticipationCount;
  };
  readonly choices: {
    readonly organisations: readonly NamedOrganisation[];
    readonly themes: readonly { readonly id: string; readonly label: LocalisedText }[];
    readonly waves: readonly { readonly key: string; readonly period: string }[];
    readonly sectors: readonly string[];
    readonly sizes: readonly string[];
    readonly comparators: readonly ChosenComparator[];
  };
  /** AAPOR response rates at closing, of the organisation and of the network (name null); empty where none were kept. */
  readonly rates: readonly NamedRates[];
  readonly rows: readonly ComparisonRow[];
  readonly summary: ComparisonSummary;
}

/** A comparison that somebody may see, not yet read. */
export interface FoundComparison {
  /** Two that are equal stand for pages with equal content, whoever asks; it holds everything that a page depends on. */
  readonly identity: string;
  readonly read: () => Promise<ComparisonPage>;
}

/**
 * Finds one organisation beside what it is compared with and beside published figures, for somebody who may see it.
 * @param context the process' context
 * @param actor who asks
 * @param input wave, organisation, theme and breakdown
 * @returns the comparison in the newest release of the wave
 * @throws AppError sign_in_needed, not_allowed, wave_unknown, release_missing, or not_found for an organisation, theme
 *   or category that is not there for the actor
 */
export async function findComparison(context: Context, actor: Actor, input: ComparisonInput): Promise<FoundComparison> {
  const results = await loadResults(context, actor, { waveKey: input.waveKey, action: 'see results' });
  const { wave, release, codebook } = results;
  const visible = wave.organisations.filter(({ id }) => isOrganisationVisible(actor, results, id));
  const wanted = input.organisationKey ?? chooseOrganisation(actor, visible)?.key;
  const organisation = find(visible, ({ key }) => key === wanted);
  const others = visible.filter(({ id }) => id !== organisation.id);
  const comparators = listComparators(results, organisation.key, others);
  const peers = (release.lattice.peers ?? []).map(({ code }) => code);
  const choice: Choice = {
    organisation,
    theme: find(codebook.themes, ({ id }) => id === (input.theme ?? codebook.defaultTheme)),
    breakdown: chooseBreakdown(release.lattice, input),
    comparator: chooseComparator(comparators, input.comparator, peers),
    comparators,
    visible,
  };
  const { theme, breakdown, comparator } = choice;
  return {
    identity: JSON.stringify([
      wave.fingerprint,
      release.id,
      organisation.id,
      theme.id,
      breakdown,
      comparator,
      visible.map(({ key }) => key).join(),
      results.releasedWaves.map(({ key }) => key).join(),
      results.heldBackUntil,
    ]),
    read: () => readChosen(context, results, choice),
  };
}

/**
 * Reads one organisation beside the rest of its network and beside published figures.
 * @param context the process' context
 * @param actor who asks
 * @param input wave, organisation, theme and breakdown
 * @returns the page's content, from the newest release of the wave
 * @throws AppError as `findComparison`
 */
export async function readComparison(context: Context, actor: Actor, input: ComparisonInput): Promise<ComparisonPage> {
  const { read } = await findComparison(context, actor, input);
  return read();
}

type ResultOrganisation = ResultWave['organisations'][number];

interface Choice {
  readonly organisation: ResultOrganisation;
  readonly theme: Results['codebook']['themes'][number];
  readonly breakdown: BreakdownChoice;
  readonly comparator: ChosenComparator;
  readonly comparators: readonly ChosenComparator[];
  /** Organisations that the actor may choose from. */
  readonly visible: readonly ResultOrganisation[];
}

async function readChosen(context: Context, results: Results, choice: Choice): Promise<ComparisonPage> {
  const { wave, release, codebook, releasedWaves } = results;
  const { organisation, theme, breakdown, comparator, comparators, visible } = choice;
  const page = {
    codebook,
    theme: theme.id,
    lattice: release.lattice,
    organisation,
    organisations: wave.organisations,
    isOpenNetwork: release.policy.isOpenNetwork,
    breakdown,
    baselines: context.baselines,
  };
  const groups = listComparisonGroups(page);
  const indicators = listThemeIndicators(codebook, theme.id).map(({ id }) => id);
  const [rates, estimates, comparisons] = await Promise.all([
    loadResponseRates(context.db, wave.id, organisation),
    selectReleaseEstimates(context.db, {
      releaseId: release.id,
      indicators,
      groups: [groups.own, groups.rest, ...groups.members.map(({ group }) => group)],
    }),
    loadComparisons(context, results, { comparator, organisation, breakdown, indicators }),
  ]);
  const rows = buildComparisonRows({ ...page, estimates, ...comparisons });
  return {
    ...describeRelease(results),
    organisation: { key: organisation.key, name: organisation.name, kind: organisation.kind },
    theme: { id: theme.id, label: theme.label, description: theme.description },
    breakdown,
    comparator,
    earlierWaves: release.comparators?.waves ?? [],
    participation: {
      own: release.participation.organisations[organisation.key] ?? null,
      network: release.participation.total,
    },
    choices: {
      organisations: visible.map(({ key, name }) => ({ key, name })),
      themes: codebook.themes.map(({ id, label }) => ({ id, label })),
      waves: releasedWaves,
      sectors: release.lattice.sectors,
      sizes: release.lattice.sizes,
      comparators,
    },
    rates,
    rows,
    summary: summariseComparison(rows),
  };
}

function describeRelease({
  wave,
  release,
  heldBackUntil,
}: Results): Pick<ComparisonPage, 'wave' | 'network' | 'release' | 'origin' | 'method'> {
  const { key, name, isDemo } = wave.network;
  return {
    wave: { key: wave.key, period: wave.period },
    network: { key, name, isDemo, isOpen: release.policy.isOpenNetwork },
    release: {
      number: release.number,
      releasedAt: release.releasedAt,
      softwareVersion: release.softwareVersion,
      audience: release.audience,
      heldBackUntil,
    },
    origin: release,
    method: {
      minimumCellSize: release.policy.minimumCellSize,
      falseDiscoveryRate,
      relevantDifferencePoints: release.policy.minimumRelevantDifference,
      intervals: readIntervalMethod(release.policy),
    },
  };
}

function chooseOrganisation<T extends { readonly id: string }>(actor: Actor, visible: readonly T[]): T | undefined {
  const grants = actor.kind === 'person' ? actor.grants : [];
  return visible.find(({ id }) => grants.some(({ organisationId }) => organisationId === id)) ?? visible[0];
}

function find<T>(all: readonly T[], isWanted: (one: T) => boolean): T {
  const found = all.find(isWanted);
  if (found === undefined) throw new AppError('not_found');
  return found;
}

function chooseBreakdown(lattice: ReleaseLattice, input: ComparisonInput): BreakdownChoice {
  const dimension = input.breakdown;
  if (dimension === 'none') return { dimension };
  const values = dimension === 'sector' ? lattice.sectors : lattice.sizes;
  return { dimension, value: find(values, (value) => value === (input.breakdownValue ?? values[0])) };
}
