import { auditAnswers } from '../disclosure/audit-answers';
import type { HiddenReason, Mask } from '../disclosure/types';
import type { CodebookBase } from '../instrument/codebook';
import { listAtoms, restrictGroups, type IndicatorGroups, type MaskContext } from './indicator-groups';
import { findRouteGates, listGatesBefore, orderByGates } from './route-gates';
import type { IndicatorTally, ResponseTally } from './tally-responses';
import type { GroupKey } from './types';

export interface ProtectionInput {
  readonly context: MaskContext;
  readonly tally: ResponseTally;
  readonly bases: readonly CodebookBase[];
  /** Finds the mask of all respondents. */
  readonly everybody: () => Mask;
  /** The groups that an indicator could be shown for if it were the only one. */
  readonly alone: (tally: IndicatorTally) => IndicatorGroups;
}

/** Groups by indicator. */
export type FrozenGroups = ReadonlyMap<string, IndicatorGroups>;

/** A decision on one indicator. */
export interface FreezeTask {
  readonly indicator: string;
  /** Indicators that must have been decided on before. */
  readonly after: readonly string[];
}

/** Decides what an edition of a release shows, one indicator at a time. */
export interface EditionFreezer {
  /** One per indicator, in an order in which they can be taken. */
  readonly tasks: readonly FreezeTask[];
  /**
   * @param indicator identifier of an indicator
   * @param settled groups of all indicators that come before it
   * @returns its groups
   * @throws RangeError when there is no such indicator, or one that comes before it is not settled
   */
  readonly settle: (indicator: string, settled: FrozenGroups) => IndicatorGroups;
}

/**
 * Decides which groups every indicator is shown for and how: only where its respondents may be counted and where those
 * that route to it are shown, and printed so that an attack finds nothing (R5).
 * @param input counts, and masks of every indicator by itself
 * @returns the decisions to be taken
 */
export function createFreezer(input: ProtectionInput): EditionFreezer {
  const { tally, bases, everybody } = input;
  const tallies = new Map(tally.indicators.map((one) => [one.indicator.id, one]));
  const gates = findRouteGates(
    tally.indicators.map(({ indicator }) => indicator),
    bases,
  );
  const alone = remember(input.alone);
  return {
    tasks: orderByGates([...tallies.keys()], gates).map((indicator) => ({
      indicator,
      after: listGatesBefore(indicator, gates),
    })),
    settle: (id, settled) => {
      const one = tallies.get(id);
      if (one === undefined) throw new RangeError(`There is no indicator ${id}.`);
      const before = listGatesBefore(id, gates);
      const masks = before.map((gate) => {
        const groups = settled.get(gate);
        if (groups === undefined) throw new RangeError(`${gate} is to be settled before ${id}.`);
        return groups.mask;
      });
      const followUps = tally.indicators.filter(({ indicator }) => gates.get(indicator.id)?.includes(id) ?? false);
      return protectIndicator(input.context, one, {
        own: restrictGroups(alone(one), [everybody(), ...masks]),
        isAskedOfAll: before.length === 0,
        followUps: followUps.map((tallied) => ({ tallied, alone: alone(tallied) })),
      });
    },
  };
}

function remember(alone: ProtectionInput['alone']): ProtectionInput['alone'] {
  const known = new Map<string, IndicatorGroups>();
  return (tallied) => {
    const { id } = tallied.indicator;
    const groups = known.get(id) ?? alone(tallied);
    known.set(id, groups);
    return groups;
  };
}

interface Surroundings {
  readonly own: IndicatorGroups;
  readonly isAskedOfAll: boolean;
  readonly followUps: readonly { readonly tallied: IndicatorTally; readonly alone: IndicatorGroups }[];
}

function protectIndicator(
  context: MaskContext,
  { indicator, valid, yes }: IndicatorTally,
  { own, isAskedOfAll, followUps }: Surroundings,
): IndicatorGroups {
  const { strata, policy, groups, respondents } = context;
  const { sensitivity } = indicator;
  const isContributor = new Set(own.contributors);
  const indices = strata.flatMap(({ organisation }, index) => (isContributor.has(organisation) ? [index] : []));
  const { coarse, refused } = auditAnswers({
    policy,
    groups,
    sensitivity,
    atoms: listAtoms(context, { sensitivity, valid, yes }, indices),
    published: own.mask.published,
    coarse: own.coarse,
    respondents: indices.map((index) => respondents[index] ?? 0),
    isAskedOfAll,
    followUps: followUps.map(({ tallied, alone }) => {
      const counted = new Set(alone.contributors);
      return {
        published: alone.mask.published,
        valid: indices.map((index) => tallied.valid[index] ?? 0),
        isCounted: indices.map((index) => counted.has(strata[index]?.organisation ?? '')),
      };
    }),
  });
  return { ...hideGroups(own, refused, 'audit'), coarse };
}

function hideGroups(groups: IndicatorGroups, closed: ReadonlySet<GroupKey>, reason: HiddenReason): IndicatorGroups {
  if (closed.size === 0) return groups;
  const published = new Set([...groups.mask.published].filter((key) => !closed.has(key)));
  const hidden = new Map([...groups.mask.hidden, ...[...closed].map((key) => [key, reason] as const)]);
  return { ...groups, mask: { published, hidden } };
}
