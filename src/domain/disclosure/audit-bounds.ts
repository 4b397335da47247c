import type { GroupKey } from '../benchmark/types';
import type { AuditTarget } from './audit-block';
import { startFollowing, type Refusal } from './audit-following';
import { describeMoves, placeRow, type BaseTreatment, type PrintedOption } from './audit-moves';
import type { Printing } from './audit-rows';
import { countGiven, type AttackedOption, type Move, type Suspicion, type Wish } from './audit-suspicion';
import { findMove, listObstacles, type MoveProblem, type MoveRow } from './furthest-move';

/**
 * Networks of up to so many organisations and cells are attacked as a whole. In larger ones the totals of the network say
 * little about one of them (decision 25), and organisations are attacked one by one.
 */
export const maximumWhole = { organisations: 40, columns: 600 };
/** So often a change is looked for again because follow-up questions do not allow the last one. */
const maximumRounds = 60;
/** Changes found by the simplex method are exact to about this much. */
const precision = 1e-6;

/** Groups whose figures rule out other answers, with how much each of them matters. */
export type Obstacles = ReadonlyMap<GroupKey, number>;

/** One option as it is printed now. */
export interface LinearAttack {
  /**
   * Looks for other counts in the whole network, fractions allowed, that give everything printed.
   * @returns null when there are some, else what rules them out.
   */
  readonly findObstacles: (suspicion: Suspicion) => Obstacles | null;
}

/**
 * Attacks one option by linear bounds. What it proves possible is kept with the option, for figures are only ever told
 * less: other sets, and the same later, need not be tried again.
 * @param option answers and groups.
 * @param printing how figures are printed.
 * @returns the attack; what is the same for all sets is prepared once.
 */
export function startLinearAttack(option: AttackedOption, printing: Printing): LinearAttack {
  const printed: PrintedOption = { ...option, printing };
  const isSmall =
    option.answers.atoms.length <= maximumWhole.columns &&
    new Set(option.answers.atoms.map(({ organisation }) => organisation)).size <= maximumWhole.organisations;
  const known = recallRules(option, printing);
  const scopes = new Map<string, Scope>();
  const prepare = (movable: readonly number[], bases: BaseTreatment): Scope => {
    const isWhole = movable.length === option.answers.atoms.length;
    const name = `${bases} ${movable.join()}`;
    const scope = scopes.get(name) ?? {
      problem: describeMoves(printed, movable, { bases, rules: bases === 'free' ? known.rules : [] }),
      position: new Map(movable.map((column, at) => [column, at])),
      follow: bases === 'free' ? startFollowing(printed, movable) : () => null,
      learn: (rule) => {
        // What some cells have to keep to while the answers of all others stay does not hold for wider changes.
        if (isWhole) known.rules.push(rule);
      },
    };
    scopes.set(name, scope);
    return scope;
  };
  return {
    findObstacles: ({ target, wishes }) => {
      const isEnough = (move: Move): boolean => wishes.some((wish) => isReached(option, target, { wish, move }));
      if (!isSmall || wishes.length === 0 || option.moves.some(isEnough)) return null;
      let obstacles: Obstacles = new Map();
      for (const attempt of listAttempts(option, target, wishes)) {
        const { move, stoppedBy } = tryMove(prepare(attempt.movable, attempt.bases), target, attempt.by);
        if (move !== null) {
          option.moves.push(move);
          return null;
        }
        obstacles = attempt.isSecond ? new Map([...obstacles, ...stoppedBy]) : stoppedBy;
      }
      return obstacles;
    },
  };
}

/** Cells that may change, and what they have to keep to. */
interface Scope {
  readonly problem: MoveProblem;
  readonly position: ReadonlyMap<number, number>;
  readonly follow: (move: Move) => Refusal | null;
  readonly learn: (rule: MoveRow) => void;
}

/** Rules of follow-up questions hold as long as the same bases are printed; printing shares coarsely changes none. */
function recallRules(option: AttackedOption, { refused }: Printing): AttackedOption['known'] {
  const { known } = option;
  if (known.refusedCount !== refused.size) {
    known.refusedCount = refused.size;
    known.rules.length = 0;
  }
  return known;
}

interface Attempt {
  readonly movable: readonly number[];
  readonly bases: BaseTreatment;
  /** Wished change of the set's count. */
  readonly by: number;
  /** Whether the attempt before this one was the other direction with the same cells and bases. */
  readonly isSecond: boolean;
}

/**
 * First the cells of the set's organisations alone, while all others answer as they did; what can change then can change
 * in the whole network. Then the network as a whole.
 */
function listAttempts(option: AttackedOption, target: AuditTarget, wishes: readonly Wish[]): readonly Attempt[] {
  const { atoms, followUps } = option.answers;
  const organisations = new Set(target.columns.map((column) => atoms[column]?.organisation));
  const all = [...atoms.keys()];
  const own = all.filter((column) => organisations.has(atoms[column]?.organisation));
  const isWider = all.length > own.length;
  const scopes: readonly Pick<Attempt, 'movable' | 'bases'>[] =
    followUps.length === 0
      ? [{ movable: own, bases: 'moved' }, ...(isWider ? [{ movable: all, bases: 'moved' } as const] : [])]
      : [
          { movable: own, bases: 'moved' },
          { movable: own, bases: 'free' },
          ...(isWider ? [{ movable: all, bases: 'free' } as const] : []),
        ];
  const count = countGiven(option.answers, target);
  return scopes.flatMap((scope) =>
    wishes.map(({ low, high }, at) => ({ ...scope, by: high < count ? high - count : low - count, isSecond: at > 0 })),
  );
}

function isReached(
  option: AttackedOption,
  target: AuditTarget,
  { wish, move }: { readonly wish: Wish; readonly move: Move },
): boolean {
  const count = countGiven(option.answers, target);
  const moved = target.columns.reduce((sum, column) => sum + (move.get(column) ?? 0), count);
  return wish.high < count ? moved <= wish.high + precision : moved >= wish.low - precision;
}

/**
 * Changes the answers as wished, if the printed figures and all follow-up questions allow. What follow-up questions turn
 * out to forbid is added to the problem, and so known to later attempts.
 */
function tryMove({ problem, position, follow, learn }: Scope, target: AuditTarget, by: number): Attempted {
  const columns = target.columns.flatMap((column) => position.get(column) ?? []);
  for (let round = 1; ; round++) {
    const { changes, stops } = findMove(problem, { columns, by });
    const failed = { move: null, stoppedBy: listObstacles(problem.rows, stops) };
    const moved = columns.reduce((sum, column) => sum + (changes[column] ?? 0), 0);
    if (Math.abs(moved) < Math.abs(by) - precision || round > maximumRounds) return failed;
    const move = new Map([...position].map(([column, at]) => [column, changes[at] ?? 0]));
    const refusal = follow(move);
    if (refusal === null) return { move, stoppedBy: new Map() };
    if (refusal.rule === null) return failed;
    learn(refusal.rule);
    problem.rows.push(...placeRow(refusal.rule, position));
  }
}

/** A change that is possible, or what keeps it from going far enough. */
interface Attempted {
  readonly move: Move | null;
  readonly stoppedBy: Obstacles;
}
