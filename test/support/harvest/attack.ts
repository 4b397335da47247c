import type { Highs } from 'highs';
import { findRouteGates } from '../../../src/domain/benchmark/route-gates';
import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { attackByDifferences } from '../attacker/differences';
import { attackByCounts } from '../attacker/integer-counts';
import { isTold, type Knowledge } from '../attacker/knowledge';
import { attackByBounds } from '../attacker/linear-bounds';
import { attackByUnions } from './unions';

/** What an attack found, in one line each. */
export type Findings = readonly string[];

/** Numbers that are printed although they are below k. */
function attackByReading({ figures, k }: Knowledge): Findings {
  return figures.filter(({ n }) => n < k).map(({ indicator, group, n }) => `printed: ${indicator} ${group} n = ${n}`);
}

/** Everything that can be done with numbers of respondents alone: reading, subtracting, and linear algebra. */
export function attackCounts(knowledge: Knowledge): Findings {
  return [
    ...attackByReading(knowledge),
    ...attackByDifferences(knowledge.figures, knowledge.k).map(
      ({ indicator, whole, parts, n }) => `difference: ${indicator} ${whole} - ${parts.join(' - ')} = ${n}`,
    ),
    ...attackByUnions(knowledge).map(
      ({ indicator, columns, count }) => `union: ${indicator} ${nameStrata(knowledge, columns)} = ${count}`,
    ),
  ];
}

/** Whole numbers of answers that give what is printed. */
export function attackAnswers(knowledge: Knowledge): Findings {
  return attackByCounts(knowledge).map(
    ({ indicator, option, group, columns, count }) =>
      `counts: ${indicator}.${option} ${group}: ${nameStrata(knowledge, columns)} = ${count}`,
  );
}

/** Linear bounds on the answers of every hidden group over everything printed together. */
export function attackBounds(solver: Highs, knowledge: Knowledge, followUps: FollowUps): Findings {
  return attackByBounds(solver, knowledge, listGroups(knowledge), followUps)
    .filter((one) => {
      const question = knowledge.questions.find(({ indicator }) => indicator === one.indicator)!;
      return !isTold(knowledge, question, one.option, one.columns);
    })
    .map(({ indicator, option, group, count }) => `bounds: ${indicator}.${option} ${group} = ${count}`);
}

function nameStrata({ strata }: Knowledge, columns: readonly number[]): string {
  return columns.map((at) => [strata[at]!.organisation, strata[at]!.sector, strata[at]!.size].join(' ')).join(' + ');
}

function listGroups({ strata }: Knowledge): readonly string[] {
  const groups = strata.flatMap(({ organisation, sector, size }) => [
    `organisation=${organisation}`,
    `organisation=${organisation};sector=${sector}`,
    `organisation=${organisation};size=${size}`,
  ]);
  return [...new Set(groups)];
}

/** By "indicator/option": indicators that are asked because of it. */
export type FollowUps = Readonly<Record<string, readonly string[]>>;

/** Finds which option leads to a question: nowhere may more have answered the question than gave the option. */
export function findFollowUps({ tally, bases }: ReleaseInput): FollowUps {
  const gates = findRouteGates(
    tally.indicators.map(({ indicator }) => indicator),
    bases,
  );
  return Object.fromEntries(
    tally.indicators.flatMap(({ indicator, yes }) =>
      indicator.options.map(({ id }, position) => {
        const asked = tally.indicators.filter(
          (other) =>
            gates.get(other.indicator.id)!.includes(indicator.id) &&
            other.valid.every((count, at) => count <= yes[position]![at]!),
        );
        return [`${indicator.id}/${id}`, asked.map((other) => other.indicator.id)];
      }),
    ),
  );
}
