import type { GroupKey } from '../benchmark/types';
import type { DisclosurePolicy, Mask } from './types';

const brand: unique symbol = Symbol('publishable');

/**
 * A figure that a page, chart, file or API answer may show. Only this file makes it: from a mask, from a stored release,
 * from what an organisation states about itself, or from other publishable figures. It is written to JSON as its value under "value".
 */
export interface Publishable<T> {
  readonly [brand]: true;
  readonly value: T;
}

/** The one answer for every figure that is not shown, whatever the reason, and for groups that do not exist. */
export interface Suppressed {
  readonly suppressed: true;
}

/** The reply without number or reason (rule R9). */
export const suppressed: Suppressed = Object.freeze({ suppressed: true });

/** A stored row: figures exist only where the mask of the release let them through. */
export type StoredRow<T> =
  | { readonly releaseId: string; readonly isSuppressed: false; readonly figure: T }
  | { readonly releaseId: string; readonly isSuppressed: true };

function mark<T>(value: T): Publishable<T> {
  return Object.freeze({ [brand]: true, value } as const);
}

/**
 * Lets a figure through the mask.
 * @param mask decision for the indicator of the figure.
 * @param group the group whose answers the figure is made of.
 * @param value the figure.
 * @returns the figure as publishable, or suppressed for every hidden or unknown group.
 */
export function publish<T>(mask: Mask, group: GroupKey, value: T): Publishable<T> | Suppressed {
  return mask.published.has(group) ? mark(value) : suppressed;
}

/**
 * Tells a suppressed figure from one that can be shown.
 * @param figure either.
 * @returns true when there is nothing to show.
 */
export function isSuppressed(figure: Publishable<unknown> | Suppressed): figure is Suppressed {
  return !(brand in figure);
}

/**
 * Derives a figure from one published figure.
 * @param figure published or suppressed.
 * @param derive computes from the value alone; it must not bring in answers of its own.
 * @returns the derived figure, suppressed when the operand is.
 */
export function mapPublishable<T, U>(
  figure: Publishable<T> | Suppressed,
  derive: (value: T) => U,
): Publishable<U> | Suppressed {
  return isSuppressed(figure) ? suppressed : mark(derive(figure.value));
}

/**
 * Derives a figure, such as a difference, from two published figures.
 * @param first published or suppressed.
 * @param second published or suppressed.
 * @param derive computes from the two values alone.
 * @returns the derived figure, suppressed when either operand is.
 */
export function bothPublished<T, U, V>(
  first: Publishable<T> | Suppressed,
  second: Publishable<U> | Suppressed,
  derive: (first: T, second: U) => V,
): Publishable<V> | Suppressed {
  return isSuppressed(first) || isSuppressed(second) ? suppressed : mark(derive(first.value, second.value));
}

/**
 * Keeps what is published of a list, for figures over many groups (spread, rank, a sorted list).
 * @param figures published and suppressed ones.
 * @returns the values of the published ones in given order; empty when all are suppressed.
 */
export function collectPublished<T>(figures: readonly (Publishable<T> | Suppressed)[]): Publishable<readonly T[]> {
  return mark(figures.flatMap((figure) => (isSuppressed(figure) ? [] : [figure.value])));
}

/**
 * Reads a stored row of a release back: its mask was applied when it was written.
 * @param row the row, or undefined when the release has none for what was asked.
 * @returns the figure, or suppressed; an unknown combination looks the same as a hidden one.
 */
export function fromRelease<T>(row: StoredRow<T> | undefined): Publishable<T> | Suppressed {
  return row === undefined || row.isSuppressed ? suppressed : mark(row.figure);
}

/** What an organisation states about itself; nobody's answers are behind it. */
export interface Statement<T> {
  readonly organisation: string;
  readonly value: T;
  /** Who may see it, as the organisation itself has decided; null: it has not yet. */
  readonly approvedFor: 'network' | 'public' | null;
}

/** For whom something is shown, and the rules of the network. */
export interface StatementReading {
  readonly audience: 'network' | 'public';
  readonly policy: Pick<DisclosurePolicy, 'isOpenNetwork' | 'minimumOrganisations'>;
}

/**
 * Shows what an organisation states about itself, by name.
 * @param statement what it states.
 * @param reading for whom, and under which rules.
 * @returns the value when the organisation has approved it for them and members may see each other; else suppressed.
 */
export function publishStatement<T>(
  statement: Statement<T>,
  { audience, policy }: StatementReading,
): Publishable<T> | Suppressed {
  return policy.isOpenNetwork && isApproved(statement, audience) ? mark(statement.value) : suppressed;
}

/**
 * Counts how many organisations state the same, without names. In a closed network every member knows its own and must be
 * left with enough others, and so must whoever compares what the network and what everybody is shown (rule R6).
 * @param statements at most one per organisation; those that are not approved for the readers are not counted.
 * @param reading for whom, and under which rules.
 * @returns number of organisations by value in order of first mention, or suppressed.
 * @throws RangeError when an organisation states two things.
 */
export function countStatements<T>(
  statements: readonly Statement<T>[],
  { audience, policy }: StatementReading,
): Publishable<ReadonlyMap<T, number>> | Suppressed {
  if (new Set(statements.map(({ organisation }) => organisation)).size < statements.length) {
    throw new RangeError('An organisation states two things.');
  }
  const approved = statements.filter((statement) => isApproved(statement, audience));
  const others = approved.length - 1;
  const inNetworkOnly = statements.filter(({ approvedFor }) => approvedFor === 'network').length;
  const isTold = audience === 'public' && inNetworkOnly > 0 && inNetworkOnly <= policy.minimumOrganisations;
  if (!policy.isOpenNetwork && (isTold || others < policy.minimumOrganisations)) return suppressed;
  const counts = new Map<T, number>();
  for (const { value } of approved) counts.set(value, (counts.get(value) ?? 0) + 1);
  return mark(counts);
}

function isApproved({ approvedFor }: Statement<unknown>, audience: 'network' | 'public'): boolean {
  return approvedFor === 'public' || approvedFor === audience;
}
