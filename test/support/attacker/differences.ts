import type { PrintedFigure } from './knowledge';

/** A number of respondents that follows from printed ones and is below k. */
export interface SmallRemainder {
  readonly indicator: string;
  readonly whole: string;
  readonly parts: readonly string[];
  readonly n: number;
}

/**
 * Takes from every printed total the printed parts of each division (by organisation, sector, size), and from every
 * total of the network and of a peer group the same without one organisation, or a peer group.
 */
export function attackByDifferences(figures: readonly PrintedFigure[], k: number): readonly SmallRemainder[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { indicator, group, n } of figures) {
    const known = counts.get(indicator) ?? new Map<string, number>();
    counts.set(indicator, known.set(group, n));
  }
  return [...counts].flatMap(([indicator, known]) =>
    [...known].flatMap(([whole, total]) =>
      listDivisions(whole, [...known.keys()]).flatMap((parts): SmallRemainder[] => {
        const n = total - parts.reduce((sum, part) => sum + known.get(part)!, 0);
        return n > 0 && n < k ? [{ indicator, whole, parts, n }] : [];
      }),
    ),
  );
}

function listDivisions(whole: string, groups: readonly string[]): readonly (readonly string[])[] {
  const own = whole === 'network' ? [] : whole.split(';');
  const parse = (group: string): readonly string[] => (group === 'network' ? [] : group.split(';'));
  const finer = groups.filter((group) => {
    const parts = parse(group);
    return parts.length === own.length + 1 && own.every((part) => parts.includes(part));
  });
  const by = (dimension: string): readonly string[] =>
    finer.filter((group) => parse(group).some((part) => !own.includes(part) && part.startsWith(`${dimension}=`)));
  return [by('organisation'), by('sector'), by('size'), ...[...by('rest'), ...by('peers')].map((one) => [one])].filter(
    (parts) => parts.length > 0,
  );
}
