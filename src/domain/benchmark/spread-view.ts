import { isSuppressed } from '../disclosure/publishable';
import { buildFunnel, funnelLimits, type Funnel, type FunnelLimits } from '../statistics/funnel';
import { rankIntervals, type RankInterval } from '../statistics/rank-intervals';
import { shrinkShares } from '../statistics/shrink-shares';
import type { NamedOrganisation } from './comparison-view';
import type { Shown, ShownEstimate } from './shown-figures';

/** Order statistics of members who do not see each other need this many published ones. */
const minimumRankedMembers = 10;
const curveSteps = 60;
/** Chance beyond each limit. */
const tail95 = 0.025;
const tail998 = 0.001;

/** Where a member lies: within 95 % of chance swings, outside them, outside 99.8 %, or printed too coarsely to say. */
export type SpreadPosition = 'inside' | 'above' | 'below' | 'far_above' | 'far_below' | 'not_judged';

export interface SpreadMember {
  readonly organisation: NamedOrganisation;
  readonly estimate: Shown<ShownEstimate>;
  /** Null where the figure is hidden. */
  readonly position: SpreadPosition | null;
  /** Null unless ranks can be told apart. */
  readonly rank: RankInterval | null;
}

/** Control limits at a number of answers, per cent 0-100. */
export interface SpreadLimit extends FunnelLimits {
  readonly answers: number;
}

/** The published members' figures of one indicator option around the network's. */
export interface Spread {
  readonly network: Shown<ShownEstimate>;
  readonly members: readonly SpreadMember[];
  /** The funnel by rising number of answers; none where there is nothing to set limits around. */
  readonly limits: readonly SpreadLimit[];
  /** Whether members differ more than chance makes them, so that the limits are wider. */
  readonly isWidened: boolean;
  /** Members with a rank; 0: no ranks. */
  readonly rankedCount: number;
}

export interface SpreadInput {
  readonly network: Shown<ShownEstimate>;
  /** Every member in the order of the page. */
  readonly members: readonly { readonly organisation: NamedOrganisation; readonly estimate: Shown<ShownEstimate> }[];
  readonly isOpenNetwork: boolean;
  /** Uniform numbers strictly between 0 and 1, the same for the same release. */
  readonly random: () => number;
}

/**
 * Sets printed figures of members around the network's, with the limits within which they may differ by chance. Nothing
 * but what is printed is used: whole per cent and n, so unequal weights make the limits a little too narrow. Shares
 * printed in coarse steps are not reckoned with.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24; Goldstein, Spiegelhalter (1996), JRSS A 159; statistics.md 1.10.
 * @param input printed figures
 * @returns members in the given order
 */
export function buildSpread({ network, members, isOpenNetwork, random }: SpreadInput): Spread {
  const exact = members.filter(({ estimate }) => isExact(estimate));
  const funnel = findFunnel(network, exact);
  const mayRank = funnel !== null && (isOpenNetwork || exact.length >= minimumRankedMembers);
  const ranks = mayRank ? findRanks(exact, random) : new Map<string, RankInterval>();
  return {
    network,
    members: members.map(({ organisation, estimate }) => ({
      organisation,
      estimate,
      position: isSuppressed(estimate) ? null : findPosition(estimate.value, funnel),
      rank: ranks.get(organisation.key) ?? null,
    })),
    limits: funnel === null ? [] : drawLimits(funnel, members),
    isWidened: funnel !== null && funnel.between > 0,
    rankedCount: ranks.size,
  };
}

type Members = SpreadInput['members'];

function isExact(estimate: Shown<ShownEstimate>): boolean {
  return !isSuppressed(estimate) && !estimate.value.flags.includes('coarse');
}

function toShares(members: Members): { share: number; n: number; effectiveNoFpc: number }[] {
  return members.flatMap(({ estimate }) => {
    if (isSuppressed(estimate)) return [];
    const { percent, n } = estimate.value;
    return [{ share: percent / 100, n, effectiveNoFpc: n }];
  });
}

function findFunnel(network: Shown<ShownEstimate>, exact: Members): Funnel | null {
  if (isSuppressed(network) || !isExact(network)) return null;
  const { percent } = network.value;
  return percent === 0 || percent === 100 ? null : buildFunnel(percent / 100, toShares(exact));
}

function findRanks(exact: Members, random: () => number): ReadonlyMap<string, RankInterval> {
  const shrunken = shrinkShares(toShares(exact));
  const intervals = shrunken === null ? null : rankIntervals(shrunken, random);
  return new Map(
    (intervals ?? []).flatMap((interval, at) => {
      const member = exact[at];
      return member === undefined ? [] : [[member.organisation.key, interval] as const];
    }),
  );
}

function findPosition({ percent, n, flags }: ShownEstimate, funnel: Funnel | null): SpreadPosition {
  if (funnel === null || flags.includes('coarse')) return 'not_judged';
  const limits = findLimits(funnel, n);
  const share = percent / 100;
  if (share > limits.high998) return 'far_above';
  if (share < limits.low998) return 'far_below';
  if (share > limits.high95) return 'above';
  return share < limits.low95 ? 'below' : 'inside';
}

/**
 * Interpolated limits never reach 0 and 1, so that an answer given by all or none would always lie outside. Where that is
 * likely enough by chance the funnel is open there.
 */
function findLimits(funnel: Funnel, answers: number): FunnelLimits {
  const limits = funnelLimits(funnel, answers);
  const { target, between } = funnel;
  if (between > 0) return limits;
  const all = target ** answers;
  const none = (1 - target) ** answers;
  return {
    low95: none >= tail95 ? 0 : limits.low95,
    high95: all >= tail95 ? 1 : limits.high95,
    low998: none >= tail998 ? 0 : limits.low998,
    high998: all >= tail998 ? 1 : limits.high998,
  };
}

function drawLimits(funnel: Funnel, members: Members): readonly SpreadLimit[] {
  const counts = toShares(members).map(({ n }) => n);
  const first = Math.max(1, Math.floor(Math.min(...counts) * 0.8));
  const last = Math.ceil(Math.max(...counts) * 1.1);
  const answers = Array.from({ length: curveSteps + 1 }, (_, step) => first + ((last - first) * step) / curveSteps);
  return [...new Set(answers.map(Math.round))].map((count) => ({
    answers: count,
    ...toPercent(findLimits(funnel, count)),
  }));
}

function toPercent({ low95, high95, low998, high998 }: FunnelLimits): FunnelLimits {
  const round = (share: number): number => Math.round(share * 1000) / 10;
  return { low95: round(low95), high95: round(high95), low998: round(low998), high998: round(high998) };
}
