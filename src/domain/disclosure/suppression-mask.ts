import type { GroupKey } from '../benchmark/types';
import { isUnionOfBlocks, mergeIntoBlocks } from './building-blocks';
import { findUnsafeRows, searchSpan, type SpanFindings } from './derivable-sets';
import { startElimination } from './elimination';
import { listOrganisationViews, type OrganisationView } from './organisation-rule';
import {
  createSafetyRule,
  keepDistinct,
  mergeAtoms,
  resolveGroups,
  type GroupSet,
  type RespondentSet,
  type SafetyRule,
} from './respondent-sets';
import type { Atom, HiddenReason, Mask, MaskInput } from './types';
import { collectUnsafeSets } from './unsafe-sets';

/** One kind of attacker: what of a group he learns, and what must not follow for him. */
interface Guard {
  readonly reason: HiddenReason;
  readonly lookAt: (set: GroupSet) => readonly number[] | null;
  readonly unsafe: readonly RespondentSet[];
  readonly findMore: (published: readonly (readonly number[])[]) => SpanFindings;
}

interface Problem {
  readonly input: MaskInput;
  readonly atoms: readonly Atom[];
  readonly sets: readonly GroupSet[];
  readonly views: readonly OrganisationView[];
}

/**
 * Decides which groups of the lattice may be shown for one indicator (statistics.md 2.4 R1-R4 and R6, 2.5), jointly
 * over totals, breakdowns and comparators.
 *
 * The decision is made per indicator, never per option: what is protected are sets of respondents, and the same sums
 * over atoms hold for every option with the same coefficients, so what can be derived for one option can be derived
 * for all. Hiding one option alone would not even hide it: n minus the other options gives it back.
 * @param input policy, sensitivity (1: opinions about leadership, culture or own situation), atoms with their valid
 *   answers, the declared lattice, and groups that are hidden already.
 * @returns every group of the lattice either as published or as hidden with the reason.
 */
export function computeMask(input: MaskInput): Mask {
  const atoms = mergeAtoms(input.atoms);
  const sets = resolveGroups(input.groups, atoms);
  const problem: Problem = { input, atoms, sets, views: listOrganisationViews(sets, atoms, input.policy) };
  return computeOnce(problem, new Set(input.alreadyHidden));
}

function computeOnce(problem: Problem, refused: ReadonlySet<GroupKey>): Mask {
  const primary = findPrimary(problem, refused);
  let candidates = problem.sets.filter(({ group }) => !primary.has(group.key)).sort(comparePriority);
  const unproven = new Map<GroupKey, HiddenReason>();
  let guards = listGuards(problem, refused);
  for (;;) {
    const { hidden, bases } = publishInOrder(candidates, guards);
    const findings = guards.map((guard, i) => guard.findMore(bases[i] ?? []));
    const grown = guards.map((guard, i) => extendGuard(guard, findings[i]?.sets ?? []));
    const isSettled = grown.every((guard, i) => guard.unsafe.length === guards[i]?.unsafe.length);
    const published = candidates.filter(({ group }) => !hidden.has(group.key));
    guards = grown;
    if (!isSettled) continue;
    if (findings.every(({ isComplete }) => isComplete)) {
      const keys = published.map(({ group }) => group.key);
      return { published: new Set(keys), hidden: new Map([...primary, ...unproven, ...hidden]) };
    }
    // What could not be searched to the end is not shown: the groups of least priority go until it can be.
    const last = Math.max(...published.map(({ group }) => group.priority));
    candidates = candidates.filter(({ group }) => group.priority < last);
    for (const { group } of published) if (group.priority === last) unproven.set(group.key, 'effort');
    for (const [key, reason] of hidden) unproven.set(key, reason);
  }
}

/** Groups that no arrangement could show. */
function findPrimary(problem: Problem, refused: ReadonlySet<GroupKey>): ReadonlyMap<GroupKey, HiddenReason> {
  const { input, atoms, sets, views } = problem;
  const isUnsafe = createSafetyRule(input);
  const blocks = input.policy.buildingBlocks ? mergeIntoBlocks(atoms, isUnsafe) : [];
  const refusedByOrganisations = new Set(views.flatMap((view) => view.refused.map(({ group }) => group.key)));
  const reasonFor = (set: GroupSet): HiddenReason | null => {
    if (set.count === 0) return 'empty';
    if (set.count < input.policy.minimumCellSize) return 'threshold';
    if (set.workplaces < input.policy.minimumWorkplaces) return 'workplaces';
    if (isUnsafe(set)) return 'homogeneity';
    if (!isUnionOfBlocks(set, blocks)) return 'blocks';
    if (refusedByOrganisations.has(set.group.key)) return 'organisations';
    return refused.has(set.group.key) ? 'complement' : null;
  };
  return new Map(
    sets.flatMap((set): [GroupKey, HiddenReason][] => {
      const reason = reasonFor(set);
      return reason === null ? [] : [[set.group.key, reason]];
    }),
  );
}

function listGuards(problem: Problem, refused: ReadonlySet<GroupKey>): readonly Guard[] {
  const { input, atoms, sets } = problem;
  const isUnsafe = createSafetyRule(input);
  const everybody: Guard = {
    reason: 'complement',
    lookAt: (set) => set.columns,
    unsafe: keepDistinct([
      ...collectUnsafeSets(sets, atoms, isUnsafe),
      ...sets.filter(({ group }) => refused.has(group.key)),
    ]),
    findMore: (published) => findAll(published, atoms, { isUnsafe, canGrow: isUnsafe }),
  };
  const members = problem.views.map((view): Guard => ({
    reason: 'organisations',
    lookAt: view.lookAt,
    unsafe: view.unsafe,
    findMore: (published) => findAll(published, atoms, { isUnsafe: view.isUnsafe, canGrow: () => true }),
  }));
  return [everybody, ...members];
}

function findAll(
  published: readonly (readonly number[])[],
  atoms: readonly Atom[],
  search: { readonly isUnsafe: SafetyRule; readonly canGrow: SafetyRule },
): SpanFindings {
  const { sets, isComplete } = searchSpan(published, atoms, search);
  return { sets: [...findUnsafeRows(published, atoms, search.isUnsafe), ...sets], isComplete };
}

/** Publishes every group that reveals nothing to any attacker together with those published before it. */
function publishInOrder(
  candidates: readonly GroupSet[],
  guards: readonly Guard[],
): { hidden: ReadonlyMap<GroupKey, HiddenReason>; bases: readonly (readonly (readonly number[])[])[] } {
  const eliminations = guards.map(({ unsafe }) => startElimination(unsafe.map(({ columns }) => columns)));
  const hidden = new Map<GroupKey, HiddenReason>();
  for (const candidate of candidates) {
    const views = guards.map((guard) => guard.lookAt(candidate));
    const refusing = guards.find((_, i) => eliminations[i]?.wouldReveal(views[i] ?? []));
    if (refusing !== undefined) hidden.set(candidate.group.key, refusing.reason);
    else {
      eliminations.forEach((elimination, i) => {
        elimination.publish(views[i] ?? []);
      });
    }
  }
  return { hidden, bases: eliminations.map((elimination) => elimination.basis()) };
}

/** Adds the unsafe sets that came to light; a set already known (by an unlikely coincidence modulo p) adds nothing. */
function extendGuard(guard: Guard, found: readonly RespondentSet[]): Guard {
  return { ...guard, unsafe: keepDistinct([...guard.unsafe, ...found]) };
}

/** By priority, then the most answers first, then by key so that the order never depends on the input's. */
function comparePriority(first: GroupSet, second: GroupSet): number {
  const byPriority = first.group.priority - second.group.priority;
  if (byPriority !== 0) return byPriority;
  if (first.count !== second.count) return second.count - first.count;
  return first.group.key < second.group.key ? -1 : 1;
}
