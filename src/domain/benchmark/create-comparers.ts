import {
  bothPublished,
  collectPublished,
  mapPublishable,
  suppressed,
  type Publishable,
  type Suppressed,
} from '../disclosure/publishable';
import type { DisclosurePolicy } from '../disclosure/types';
import { baseOfBaseline } from '../statistics/baseline-base';
import { compareShares } from '../statistics/compare-shares';
import { compareWithBaseline } from '../statistics/compare-with-baseline';
import { compareWithOrganisations } from '../statistics/compare-with-organisations';
import type { NetworkEstimates } from '../statistics/network-contrast';
import type { Difference, ShareEstimate } from '../statistics/types';
import { formatBaselineKey, formatWaveKey, organisationsKey, type StoredComparator } from './comparators';
import { createGroup } from './groups';
import type { OutsideFigures } from './outside-figures';
import type { PeerGroup } from './peer-groups';
import { printBeside, printBesideBaseline, printBesideMean, printBesideNetwork } from './printed-comparisons';
import { printEstimate } from './shown-figures';
import { restoreShare } from './stored-shares';
import type { Group, GroupKey, PrintedComparison } from './types';

/** A figure with all that a comparison needs, or nothing. */
type Figure = Publishable<ShareEstimate> | Suppressed;

export interface ComparerInput {
  readonly policy: DisclosurePolicy;
  /** Member organisations. */
  readonly organisations: readonly string[];
  /** Peer groups; left out: none. */
  readonly peers?: readonly Pick<PeerGroup, 'code' | 'members'>[];
  /** The figures of one option of an indicator by group; flags say which are printed in coarse steps. */
  readonly lookUp: (indicator: string, option: string) => (group: GroupKey) => Figure;
  /** Own against network including own, for the network or one category of it. */
  readonly contrast: (
    indicator: string,
    option: string,
  ) => (network: GroupKey) => (organisation: string, estimates: NetworkEstimates) => Difference;
  readonly outside: OutsideFigures;
}

/** A comparison before its family is decided. */
export interface Outcome {
  readonly difference: Pick<Difference, 'difference' | 'low' | 'high' | 'p'>;
  /** Null for the rest of the network, which is printed from its own figure. */
  readonly printed: PrintedComparison | null;
}

type OrganisationGroup = Group & { readonly organisation: string };

/** Null: there is no such comparator for the group, whatever was answered. */
type Comparer = (
  indicator: string,
  option: string,
) => (
  group: OrganisationGroup,
) => { readonly comparator: string; readonly outcome: Publishable<Outcome> | Suppressed } | null;

/** A mean of fewer others is no mean; closed networks ask for more (R6). */
const fewestOthersInOpenNetworks = 2;

/**
 * Makes the function of every comparator that compares one option in one group of an organisation.
 * @param input figures that are published, and what lies outside the release
 */
export function createComparers(input: ComparerInput): Readonly<Record<Exclude<StoredComparator, 'peers'>, Comparer>> {
  return {
    rest: compareWithRest(input),
    network: compareWithNetwork(input),
    organisations: compareWithMean(input),
    wave: compareWithEarlierWave(input),
    baseline: compareWithPublished(input),
  };
}

/**
 * Makes the functions that compare one option in the total of an organisation with the others of its peer groups. The
 * groups are disjoint, so the method is that of the rest of the network (statistics.md 1.6).
 * @param input figures that are published, and peer groups
 * @returns one for every peer group; null for organisations outside it, and for breakdowns
 */
export function createPeerComparers({ lookUp, peers = [] }: ComparerInput): readonly Comparer[] {
  return peers.map(({ code, members }) => (indicator, option) => {
    const find = lookUp(indicator, option);
    return (group) => {
      const { organisation, sector, size } = group;
      if (sector !== null || size !== null || !members.includes(organisation)) return null;
      const comparator = createGroup({ peers: code, rest: organisation }).key;
      const outcome = bothPublished(find(group.key), find(comparator), (own, others) => ({
        difference: compareShares(own, others),
        printed: printBeside(printEstimate(own), printEstimate(others)),
      }));
      return { comparator, outcome };
    };
  });
}

function keyOf(group: Group, owner: { readonly organisation?: string; readonly rest?: string }): GroupKey {
  return createGroup({ sector: group.sector, size: group.size, ...owner }).key;
}

function compareWithRest({ lookUp }: ComparerInput): Comparer {
  return (indicator, option) => {
    const find = lookUp(indicator, option);
    return (group) => {
      const comparator = keyOf(group, { rest: group.organisation });
      const outcome = bothPublished(find(group.key), find(comparator), (own, rest) => {
        return { difference: compareShares(own, rest), printed: null };
      });
      return { comparator, outcome };
    };
  };
}

/** What is tested is own against rest, so the rest must be published too. */
function compareWithNetwork({ lookUp, contrast }: ComparerInput): Comparer {
  return (indicator, option) => {
    const find = lookUp(indicator, option);
    const contrastWith = contrast(indicator, option);
    return (group) => {
      const comparator = keyOf(group, {});
      const rest = find(keyOf(group, { rest: group.organisation }));
      const others = bothPublished(rest, find(comparator), (one, network) => ({ rest: one, network }));
      const outcome = bothPublished(find(group.key), others, (own, parts) => ({
        difference: contrastWith(comparator)(group.organisation, { own, ...parts }),
        printed: printBesideNetwork(printEstimate(own), printEstimate(parts.rest), printEstimate(parts.network)),
      }));
      return { comparator, outcome };
    };
  };
}

/**
 * Each organisation counts the same. In a closed network at least K_org others are published, and so is the rest as a
 * whole, so that a member learns no more of few others than R6 allows.
 */
function compareWithMean({ lookUp, organisations, policy }: ComparerInput): Comparer {
  const fewest = policy.isOpenNetwork ? fewestOthersInOpenNetworks : policy.minimumOrganisations;
  return (indicator, option) => {
    const find = lookUp(indicator, option);
    return (group) => {
      const published = collectPublished(
        organisations
          .filter((organisation) => organisation !== group.organisation)
          .map((organisation) => find(keyOf(group, { organisation }))),
      );
      const withInterval = mapPublishable(published, (all) => all.filter(({ df }) => df >= 1));
      const rest = keyOf(group, { rest: group.organisation });
      const others = policy.isOpenNetwork ? withInterval : bothPublished(withInterval, find(rest), (all) => all);
      const isEnough = published.value.filter(({ df }) => df >= 1).length >= fewest;
      const outcome = bothPublished(find(group.key), others, (own, all) => ({
        difference: compareWithOrganisations(own, all),
        printed: printBesideMean(printEstimate(own), all.map(printEstimate)),
      }));
      return { comparator: organisationsKey, outcome: isEnough ? outcome : suppressed };
    };
  };
}

/** Independent waves: covariance 0, since no unit can be followed from one wave to the next. */
function compareWithEarlierWave({ lookUp, outside }: ComparerInput): Comparer {
  return (indicator, option) => {
    const find = lookUp(indicator, option);
    return (group) => {
      const earlier = outside.findEarlier({ indicator, option, group: group.key });
      if (earlier === null) return null;
      const outcome = bothPublished(find(group.key), earlier.figure, (own, before): Outcome => {
        const restored = restoreShare(before);
        const difference = own.share - before.share;
        return {
          difference:
            restored === null
              ? { difference, low: difference, high: difference, p: null }
              : compareShares(own, restored),
          printed: printBeside(printEstimate(own), printEstimate(before)),
        };
      });
      return { comparator: formatWaveKey(earlier.wave), outcome };
    };
  };
}

/** Published figures are of whole sectors: they stand beside totals only. */
function compareWithPublished({ lookUp, outside }: ComparerInput): Comparer {
  return (indicator, option) => {
    const find = lookUp(indicator, option);
    return (group) => {
      if (group.sector !== null || group.size !== null) return null;
      const published = outside.findPublished(group.organisation, indicator, option);
      const n = published === null ? null : baseOfBaseline({ n: published.n, passedPercents: [] });
      if (published === null || n === null) return null;
      const { percent } = published;
      const outcome = mapPublishable(find(group.key), (own) => ({
        difference: compareWithBaseline(own, { percent, decimals: countDecimals(percent), n }),
        printed: printBesideBaseline(printEstimate(own), { percent, n }),
      }));
      return { comparator: formatBaselineKey(published), outcome };
    };
  };
}

function countDecimals(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
}
