import { fromRelease, isSuppressed, type Publishable } from '../disclosure/publishable';
import type { Codebook, Indicator, IndicatorOption } from '../instrument/codebook';
import type { LocalisedText } from '../languages';
import type { BaselineCatalogue } from './baselines';
import type { ComparatorKind } from './comparators';
import {
  besideOrganisation,
  besideRest,
  besideStored,
  type BesideFigure,
  type DecidedComparison,
} from './comparison-beside';
import { listHeadlineOptions } from './headline-options';
import { createGroup } from './groups';
import type { PeerGroup } from './peer-groups';
import { pickBaselineFigures, type BaselineBeside } from './pick-baseline-figures';
import {
  joinAddress,
  type FigureAddress,
  type ReleaseComparisonRow,
  type ReleaseEstimateRow,
  type ReleaseLattice,
} from './release-figures';
import { roundEstimate, type Shown, type ShownComparison, type ShownEstimate } from './shown-figures';
import type { GroupKey } from './types';

/** An organisation by key and name. */
export interface NamedOrganisation {
  readonly key: string;
  readonly name: string;
}

export type OrganisationKind = 'municipality' | 'county' | 'other';

/** No breakdown, or one category of one dimension. */
export type BreakdownChoice =
  { readonly dimension: 'none' } | { readonly dimension: 'sector' | 'size'; readonly value: string };

/** One indicator option: own figure, the rest of the network, members, published figures. */
export interface ComparisonRow {
  readonly indicator: string;
  readonly option: string;
  readonly indicatorLabel: LocalisedText;
  readonly optionLabel: LocalisedText;
  /** Who was asked. */
  readonly baseLabel: LocalisedText;
  readonly direction: Indicator['direction'];
  readonly own: Shown<ShownEstimate>;
  readonly rest: {
    readonly estimate: Shown<ShownEstimate>;
    /** What the rest is made of, by name. */
    readonly organisations: readonly NamedOrganisation[];
  };
  /** Other members with a published figure, by name; none in a closed network. */
  readonly members: readonly {
    readonly organisation: NamedOrganisation;
    readonly estimate: Publishable<ShownEstimate>;
  }[];
  /** Published figures of others; only beside totals, never beside one sector or size. */
  readonly baselines: readonly BaselineBeside[];
  /** What is compared with on the page. */
  readonly beside: Omit<BesideFigure, 'comparison'>;
  readonly comparison: Shown<ShownComparison>;
}

/** A peer group with its members by name. */
export interface NamedPeerGroup extends Omit<PeerGroup, 'members'> {
  readonly members: readonly NamedOrganisation[];
}

/** What the page compares with. */
export type ChosenComparator =
  | { readonly kind: Exclude<ComparatorKind, 'organisation' | 'peers'> }
  | { readonly kind: 'peers'; readonly peers: NamedPeerGroup }
  | { readonly kind: 'organisation'; readonly organisation: NamedOrganisation };

export interface ComparisonRowsInput {
  readonly codebook: Codebook;
  readonly theme: string;
  readonly lattice: ReleaseLattice;
  readonly organisation: NamedOrganisation & { readonly kind: OrganisationKind };
  /** Every organisation of the wave, by name. */
  readonly organisations: readonly NamedOrganisation[];
  readonly isOpenNetwork: boolean;
  readonly breakdown: BreakdownChoice;
  readonly baselines: BaselineCatalogue;
  /** Rows of the release for the groups of `listComparisonGroups`. */
  readonly estimates: readonly ReleaseEstimateRow[];
  /** Rows of the chosen comparator. */
  readonly comparisons: readonly ReleaseComparisonRow[];
  readonly comparator: ChosenComparator;
  /** "indicator/option" whose series is broken. */
  readonly breaks: readonly string[];
  /** Comparisons with the chosen organisation. */
  readonly decided: (address: FigureAddress) => Shown<DecidedComparison>;
}

/** Groups that a comparison page is made of. */
export interface ComparisonGroups {
  readonly own: GroupKey;
  readonly rest: GroupKey;
  readonly members: readonly { readonly organisation: NamedOrganisation; readonly group: GroupKey }[];
}

/**
 * Names the groups behind a comparison page.
 * @param input organisation, members and breakdown
 * @returns keys of the own group, of the rest of the network and, in an open network, of the other members
 */
export function listComparisonGroups(
  input: Pick<ComparisonRowsInput, 'organisation' | 'organisations' | 'isOpenNetwork' | 'breakdown'>,
): ComparisonGroups {
  const { breakdown, organisation } = input;
  const category = breakdown.dimension === 'none' ? {} : { [breakdown.dimension]: breakdown.value };
  const others = input.isOpenNetwork ? input.organisations.filter(({ key }) => key !== organisation.key) : [];
  return {
    own: createGroup({ ...category, organisation: organisation.key }).key,
    rest: createGroup({ ...category, rest: organisation.key }).key,
    members: others.map((other) => ({
      organisation: { key: other.key, name: other.name },
      group: createGroup({ ...category, organisation: other.key }).key,
    })),
  };
}

/**
 * @param codebook the instrument's codebook
 * @param theme identifier of a theme
 * @returns indicators of the theme in the codebook's order
 */
export function listThemeIndicators(codebook: Codebook, theme: string): readonly Indicator[] {
  return codebook.indicators.filter((indicator) => indicator.themes.includes(theme));
}

/**
 * Puts together the rows of a comparison page from stored figures; nothing is computed from answers here.
 * @param input codebook, release and what was chosen
 * @returns one row per headline option of the theme, in the codebook's order
 */
export function buildComparisonRows(input: ComparisonRowsInput): readonly ComparisonRow[] {
  const groups = listComparisonGroups(input);
  const estimates = new Map(input.estimates.map((row) => [joinAddress(row), roundEstimate(row.estimate)]));
  const comparisons = new Map(input.comparisons.map((row) => [joinAddress(row), row]));
  const names = new Map(input.organisations.map(({ key, name }) => [key, name]));
  const hidden = fromRelease<never>(undefined);
  return listThemeIndicators(input.codebook, input.theme).flatMap((indicator) =>
    listHeadlineOptions(indicator).map((option): ComparisonRow => {
      const read = (group: GroupKey): Shown<ShownEstimate> =>
        estimates.get(joinAddress({ indicator: indicator.id, option: option.id, group })) ?? hidden;
      const [own, rest] = [read(groups.own), read(groups.rest)];
      const address = { indicator: indicator.id, option: option.id, group: groups.own };
      const { comparison, ...beside } = besideOf(input, address, {
        row: comparisons.get(joinAddress(address)),
        own,
        rest,
      });
      return {
        indicator: indicator.id,
        option: option.id,
        indicatorLabel: indicator.label,
        optionLabel: option.label,
        baseLabel: findBaseLabel(input.codebook, indicator),
        direction: indicator.direction,
        own,
        rest: {
          estimate: rest,
          organisations: (input.lattice.contributors[indicator.id] ?? [])
            .filter((key) => key !== input.organisation.key)
            .map((key) => ({ key, name: names.get(key) ?? key })),
        },
        members: groups.members.flatMap(({ organisation, group }) => {
          const estimate = read(group);
          return isSuppressed(estimate) ? [] : [{ organisation, estimate }];
        }),
        baselines: input.breakdown.dimension === 'none' ? listBaselines(input, option) : [],
        beside,
        comparison,
      };
    }),
  );
}

interface Stored {
  readonly row: ReleaseComparisonRow | undefined;
  readonly own: Shown<ShownEstimate>;
  readonly rest: Shown<ShownEstimate>;
}

function besideOf(
  { comparator, breaks, decided, breakdown }: ComparisonRowsInput,
  address: FigureAddress,
  { row, own, rest }: Stored,
): BesideFigure {
  if (comparator.kind === 'rest') return besideRest(row, own, rest);
  if (comparator.kind !== 'organisation') {
    return besideStored(comparator.kind, row, breaks.includes(`${address.indicator}/${address.option}`));
  }
  const category = breakdown.dimension === 'none' ? {} : { [breakdown.dimension]: breakdown.value };
  const other = createGroup({ ...category, organisation: comparator.organisation.key });
  return besideOrganisation(other.key, decided(address));
}

/**
 * @param codebook the instrument's codebook
 * @param indicator one of its indicators
 * @returns label of the group of units that the indicator's figures are about
 */
export function findBaseLabel(codebook: Codebook, indicator: Indicator): LocalisedText {
  return codebook.bases.find((base) => base.id === indicator.denominator.base)?.label ?? indicator.label;
}

function listBaselines(input: ComparisonRowsInput, option: IndicatorOption): readonly BaselineBeside[] {
  return (option.baselines ?? []).flatMap((link) =>
    pickBaselineFigures(input.baselines, link, input.organisation.kind),
  );
}
