import type { Role } from '../permissions';

/** `entra` knows people by tenant and object id, and takes those of one tenant only. */
export const providerKinds = ['standard', 'entra'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** How this program proves to a provider who it is, by the names of OpenID Connect. */
export const clientAuthentications = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type ClientAuthentication = (typeof clientAuthentications)[number];

/** A group or another claim that gives a role. */
export interface RoleRule {
  readonly claim: string;
  readonly value: string;
  readonly role: Role;
  /** Key; null for administrators. */
  readonly network: string | null;
  /** Key; for an organisation's contact only. */
  readonly organisation: string | null;
}

/** What is told to a provider and expected of it. */
export interface ProviderClient {
  readonly kind: ProviderKind;
  readonly issuer: string;
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  /** For `entra` only: the tenant whose people may sign in. */
  readonly tenantId: string | null;
  /** Separated by spaces, with openid. */
  readonly scopes: string;
  /** Levels of assurance that are asked for and accepted, separated by spaces; null: any. */
  readonly acrValues: string | null;
  /** Whether claims are fetched from the user-info address too. */
  readonly usesUserInfo: boolean;
}

/** Where people sign in besides by mail. */
export interface IdentityProvider extends ProviderClient {
  readonly id: string;
  readonly key: string;
  /** As it stands on the button. */
  readonly name: string;
  readonly roleRules: readonly RoleRule[];
  readonly isActive: boolean;
}

/** What a provider vouches for. */
export type Claims = Readonly<Record<string, unknown>>;
