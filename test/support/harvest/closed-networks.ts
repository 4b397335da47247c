import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { strataOf, type Knowledge } from '../attacker/knowledge';
import type { Findings } from './attack';
import type { Harvest } from './figures';
import { knowHarvest } from './known-answers';

/**
 * Attack of a member of a closed network: it takes its own answers out of every total that it sees, and every total from
 * every other, and looks whether the others that are left are too few, or one of them holds too much.
 */
export function attackOrganisations(input: ReleaseInput, harvest: Harvest, viewer: string): Findings {
  const knowledge = knowHarvest(input, harvest);
  return knowledge.questions.flatMap(({ indicator }) => {
    const groups = new Set(knowledge.figures.filter((one) => one.indicator === indicator).map(({ group }) => group));
    const totals = [...groups].filter((group) => !group.includes('organisation='));
    const sets = totals.map((group) => ({ name: group, columns: othersIn(knowledge, { indicator, group, viewer }) }));
    const differences = sets.flatMap((whole) =>
      sets
        .filter((part) => part.columns.length < whole.columns.length && isWithin(part.columns, whole.columns))
        .map((part) => ({
          name: `${whole.name} - ${part.name}`,
          columns: whole.columns.filter((column) => !part.columns.includes(column)),
        })),
    );
    return [...sets, ...differences]
      .filter(({ columns }) => columns.length > 0 && isNarrow(knowledge, { indicator, columns }, input.policy))
      .map(({ name }) => `organisations: ${viewer} sees ${indicator} ${name}`);
  });
}

function isWithin(part: readonly number[], whole: readonly number[]): boolean {
  return part.every((column) => whole.includes(column));
}

function othersIn(
  knowledge: Knowledge,
  { indicator, group, viewer }: { indicator: string; group: string; viewer: string },
): readonly number[] {
  return strataOf(knowledge, indicator, group).filter((column) => knowledge.strata[column]!.organisation !== viewer);
}

function isNarrow(
  { strata, valid }: Knowledge,
  { indicator, columns }: { indicator: string; columns: readonly number[] },
  { minimumOrganisations, maximumOrganisationShare }: ReleaseInput['policy'],
): boolean {
  const counts = new Map<string, number>();
  for (const column of columns) {
    const { organisation } = strata[column]!;
    counts.set(organisation, (counts.get(organisation) ?? 0) + valid[indicator]![column]!);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return counts.size < minimumOrganisations || Math.max(...counts.values()) > maximumOrganisationShare * total;
}
