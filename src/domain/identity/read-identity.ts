import type { Claims, ProviderClient } from './types';

/** Whom a provider vouches for. */
export interface Identity {
  readonly issuer: string;
  /** What the provider calls the person, for good; never an address. */
  readonly subject: string;
  /** Name to show; null when the provider tells none. */
  readonly name: string | null;
}

/** Why somebody whom the provider vouches for is not taken. */
export type IdentityFault = 'wrong_tenant' | 'no_subject' | 'wrong_acr';

const longestName = 200;

function readText(claims: Claims, name: string): string | null {
  const value = claims[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function readName(claims: Claims): string | null {
  const parts = ['given_name', 'family_name'].flatMap((part) => readText(claims, part) ?? []);
  const name = readText(claims, 'name') ?? (parts.length === 0 ? null : parts.join(' '));
  return name?.slice(0, longestName) ?? null;
}

/** Within Entra ID `sub` differs from program to program; tenant and object id are the person. */
function readSubject({ kind }: ProviderClient, claims: Claims): string | null {
  if (kind === 'standard') return readText(claims, 'sub');
  const [tenant, person] = [readText(claims, 'tid'), readText(claims, 'oid')];
  return tenant === null || person === null ? null : `${tenant}:${person}`.toLowerCase();
}

function isOfOtherTenant({ kind, tenantId }: ProviderClient, claims: Claims): boolean {
  return kind === 'entra' && readText(claims, 'tid')?.toLowerCase() !== tenantId?.toLowerCase();
}

/**
 * Finds out who somebody is from checked claims.
 * @param provider what is expected of the provider
 * @param claims what the provider vouches for
 * @returns the identity, or why it is not taken
 */
export function readIdentity(provider: ProviderClient, claims: Claims): Identity | { readonly fault: IdentityFault } {
  if (isOfOtherTenant(provider, claims)) return { fault: 'wrong_tenant' };
  const subject = readSubject(provider, claims);
  if (subject === null) return { fault: 'no_subject' };
  const accepted = provider.acrValues?.split(' ');
  if (accepted?.includes(readText(claims, 'acr') ?? '') === false) return { fault: 'wrong_acr' };
  return { issuer: provider.issuer, subject, name: readName(claims) };
}
