import { roles, type Role } from '../permissions';
import type { Claims, RoleRule } from './types';

const rule = /^(\S+)\s*=\s*(\S.*?)\s*->\s*(\S+)(?:\s+(\S+))?(?:\s+(\S+))?$/;

function isRole(text: string | undefined): text is Role {
  return roles.some((role) => role === text);
}

function isComplete({ role, network, organisation }: RoleRule): boolean {
  if (role === 'administrator') return network === null && organisation === null;
  return network !== null && (role === 'organisation_contact') === (organisation !== null);
}

/**
 * Reads rules as people write them, one on a line: `claim = value -> role network organisation`.
 * @param text lines; empty ones are left out
 * @returns the rules, and the numbers from 1 of lines that are none
 */
export function readRoleRules(text: string): {
  readonly rules: readonly RoleRule[];
  readonly faults: readonly number[];
} {
  const lines = text.split(/\r\n?|\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const read = lines.filter(({ line }) => line !== '').map(({ line, number }) => ({ number, found: readRule(line) }));
  return {
    rules: read.flatMap(({ found }) => (found === null ? [] : [found])),
    faults: read.flatMap(({ number, found }) => (found === null ? [number] : [])),
  };
}

function readRule(line: string): RoleRule | null {
  const [, claim, value, role, network, organisation] = rule.exec(line) ?? [];
  if (claim === undefined || value === undefined || !isRole(role)) return null;
  const found = { claim, value, role, network: network ?? null, organisation: organisation ?? null };
  return isComplete(found) ? found : null;
}

/**
 * Writes rules as people write them.
 * @param rules the rules
 * @returns lines
 */
export function writeRoleRules(rules: readonly RoleRule[]): string {
  return rules
    .map(({ claim, value, role, network, organisation }) =>
      [`${claim} = ${value} -> ${role}`, network, organisation].filter((part) => part !== null).join(' '),
    )
    .join('\n');
}

/** A claim by its whole name, or, as in `realm_access.roles`, from step to step; lists are gone through. */
function listValues(claims: unknown, name: string): readonly string[] {
  if (Array.isArray(claims)) return claims.flatMap((each) => listValues(each, name));
  if (name === '') return ['string', 'number', 'boolean'].includes(typeof claims) ? [String(claims)] : [];
  if (typeof claims !== 'object' || claims === null) return [];
  if (Object.hasOwn(claims, name)) return listValues(Reflect.get(claims, name), '');
  const [step = '', ...rest] = name.split('.');
  return rest.length > 0 && Object.hasOwn(claims, step) ? listValues(Reflect.get(claims, step), rest.join('.')) : [];
}

/**
 * Finds the rules that somebody's claims fulfil.
 * @param rules rules of the provider
 * @param claims what the provider vouches for
 * @returns those rules
 */
export function matchRoleRules(rules: readonly RoleRule[], claims: Claims): readonly RoleRule[] {
  return rules.filter(({ claim, value }) => listValues(claims, claim).includes(value));
}
