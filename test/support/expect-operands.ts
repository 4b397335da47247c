import type { ReleaseComparisonRow, ReleaseFigures } from '../../src/domain/benchmark/release-figures';
import { isSuppressed } from '../../src/domain/disclosure/publishable';
import type { DisclosurePolicy } from '../../src/domain/disclosure/types';

/**
 * Holds every comparison of an edition against what the edition shows: it may exist only where all it is made of does.
 * @param figures an edition
 * @param policy its rules
 * @param shown groups with a published figure
 */
export function expectPublishedOperands(
  figures: ReleaseFigures,
  policy: DisclosurePolicy,
  shown: ReadonlySet<string>,
): void {
  for (const row of figures.comparisons) {
    expect(isSuppressed(row.comparison)).toBe(!isMadeOfShown(row, figures, { policy, shown }));
    if (isSuppressed(row.comparison)) expect(JSON.stringify(row.comparison)).toBe('{"suppressed":true}');
  }
}

function isMadeOfShown(
  { kind, group, comparator }: ReleaseComparisonRow,
  { lattice }: ReleaseFigures,
  { policy, shown }: { readonly policy: DisclosurePolicy; readonly shown: ReadonlySet<string> },
): boolean {
  const rest = group.replace('organisation=', 'rest=');
  if (!shown.has(group)) return false;
  if (kind === 'rest') return comparator === rest && shown.has(rest);
  if (kind === 'network') return shown.has(comparator) && shown.has(rest);
  const own = /organisation=([^;]+)/.exec(group)?.[1] ?? '';
  const others = lattice.organisations.filter(
    (organisation) =>
      organisation !== own && shown.has(group.replace(`organisation=${own}`, `organisation=${organisation}`)),
  );
  const fewest = policy.isOpenNetwork ? 2 : policy.minimumOrganisations;
  return others.length >= fewest && (policy.isOpenNetwork || shown.has(rest));
}
