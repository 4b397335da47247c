import type { Group, GroupKey } from './types';

/** The conditions of a group without its key; all of them hold together, null asks nothing. */
export type GroupConditions = Omit<Group, 'key'>;

/** Where answers come from; null: merged across the categories of the dimension. */
export interface GroupMember {
  readonly organisation: string;
  readonly sector: string | null;
  readonly size: string | null;
  /** Codes of the peer groups that the organisation is in; none when left out. */
  readonly peers?: readonly string[];
}

const keyParts = ['peers', 'organisation', 'rest', 'sector', 'size'] as const;
const everyone: GroupConditions = { peers: null, organisation: null, rest: null, sector: null, size: null };
const canonicalKey =
  /^(?:(organisation|rest)=([^;=\s]+)(?:;(sector|size)=([^;=\s]+))?|(sector|size)=([^;=\s]+)|(peers)=([^;=\s]+)(?:;(rest)=([^;=\s]+))?)$/u;

/**
 * Writes the canonical key of a group.
 * @param conditions at most one of organisation and rest, at most one of sector and size; of a peer group all, or the rest
 *   without one organisation.
 * @returns "network", "organisation=asker;sector=health", "rest=asker" and so on.
 * @throws RangeError when no canonical key exists for the combination or a value is empty or holds ";", "=" or a space.
 */
export function formatGroupKey(conditions: GroupConditions): GroupKey {
  const parts = keyParts.flatMap((part) => (conditions[part] === null ? [] : [`${part}=${conditions[part]}`]));
  if (parts.length === 0) return 'network';
  const key = parts.join(';');
  const hasReservedSign = keyParts.some((part) => /[;=]/u.test(conditions[part] ?? ''));
  if (hasReservedSign || !canonicalKey.test(key)) throw new RangeError(`No group has the key ${key}`);
  return key;
}

/**
 * Reads a canonical key.
 * @param key any text, for instance from an address.
 * @returns the group, or null when the text is not a canonical key; a group may still be outside the declared lattice.
 */
export function parseGroupKey(key: string): Group | null {
  if (key === 'network') return { ...everyone, key };
  const match = canonicalKey.exec(key);
  if (match === null) return null;
  const found = new Map<string | undefined, string | undefined>();
  // Names and values take turns after the whole key.
  for (let at = 1; at < match.length; at += 2) found.set(match[at], match[at + 1]);
  const read = (part: string): string | null => found.get(part) ?? null;
  return {
    key,
    peers: read('peers'),
    organisation: read('organisation'),
    rest: read('rest'),
    sector: read('sector'),
    size: read('size'),
  };
}

/**
 * Makes a group from its conditions.
 * @param conditions those that are asked; left out = nothing asked.
 * @returns the group with its canonical key.
 * @throws RangeError as formatGroupKey.
 */
export function createGroup(conditions: Partial<GroupConditions>): Group {
  const complete = { ...everyone, ...conditions };
  return { ...complete, key: formatGroupKey(complete) };
}

/**
 * Tells whether answers belong to a group. Answers merged across a dimension belong to no group of that dimension.
 * @param group the group.
 * @param member where the answers come from.
 * @returns true when every condition of the group holds.
 */
export function isMember(group: GroupConditions, member: GroupMember): boolean {
  return (
    (group.peers === null || (member.peers?.includes(group.peers) ?? false)) &&
    (group.organisation === null || group.organisation === member.organisation) &&
    (group.rest === null || group.rest !== member.organisation) &&
    (group.sector === null || group.sector === member.sector) &&
    (group.size === null || group.size === member.size)
  );
}
