import { LRUCache } from 'lru-cache';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import type { Claims, ProviderClient } from '../domain/identity/types';
import { isLoopback } from '../domain/identity/issuer-address';
import { authenticateClient } from './authenticate-client';
import { explainFault, type ProviderFault } from './explain-fault';

/** Seconds that a provider has for one answer. */
const patienceSeconds = 10;
const discoveryMilliseconds = 3_600_000;
const mostProviders = 500;

/** A provider with the secret that this program has there; null: none is needed. */
export interface ProviderAccess {
  readonly client: ProviderClient;
  readonly secret: string | null;
}

/** What must come back unchanged from a provider. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What a provider's answer comes to. */
export type ProviderAnswer =
  | { readonly kind: 'answer'; readonly claims: Claims; readonly idToken: string }
  | { readonly kind: 'fault'; readonly fault: ProviderFault };

/** Speaks OpenID Connect with providers: code flow with PKCE (S256), state and nonce. */
export interface IdentityClient {
  /** Reads what a provider tells about itself; null: all is well. */
  readonly test: (access: ProviderAccess) => Promise<ProviderFault | null>;
  /** Address to send somebody to, and what to expect back. */
  readonly begin: (
    access: ProviderAccess,
    redirectUri: string,
  ) => Promise<
    | { readonly kind: 'begun'; readonly url: string; readonly checks: SignInChecks }
    | { readonly kind: 'fault'; readonly fault: ProviderFault }
  >;
  /** Exchanges the code in the address that somebody came back to, and checks everything about the answer. */
  readonly finish: (access: ProviderAccess, url: string, checks: SignInChecks) => Promise<ProviderAnswer>;
  /** Address that signs somebody out at the provider; null: it has none, or does not answer. */
  readonly endSession: (
    access: ProviderAccess,
    request: { readonly idToken: string; readonly returnTo: string },
  ) => Promise<string | null>;
}

/**
 * Makes the client that speaks with providers. What a provider tells about itself is remembered for an hour.
 * @param options allowsLoopback: whether issuers on this machine may use http, for trying things out
 * @returns the client
 */
export function createIdentityClient({ allowsLoopback }: { readonly allowsLoopback: boolean }): IdentityClient {
  const known = new LRUCache<string, Promise<Configuration>>({ max: mostProviders, ttl: discoveryMilliseconds });
  const discover = (access: ProviderAccess): Promise<Configuration> => {
    const key = JSON.stringify(access);
    const found = known.get(key) ?? discoverProvider(access, allowsLoopback);
    known.set(key, found, { noUpdateTTL: true });
    found.catch(() => known.delete(key));
    return found;
  };
  return {
    test: async (access) => {
      known.delete(JSON.stringify(access));
      return discover(access).then(() => null, explainFault);
    },
    begin: async (access, redirectUri) => {
      try {
        return { kind: 'begun', ...(await begin(await discover(access), access.client, redirectUri)) };
      } catch (fault) {
        return { kind: 'fault', fault: explainFault(fault) };
      }
    },
    finish: async (access, url, checks) => {
      try {
        return await finish(await discover(access), { client: access.client, url, checks });
      } catch (fault) {
        return { kind: 'fault', fault: explainFault(fault) };
      }
    },
    endSession: async (access, { idToken, returnTo }) => {
      const config = await discover(access).catch(() => null);
      if (config?.serverMetadata().end_session_endpoint === undefined) return null;
      return buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: returnTo }).href;
    },
  };
}

async function discoverProvider({ client, secret }: ProviderAccess, allowsLoopback: boolean): Promise<Configuration> {
  const issuer = new URL(client.issuer);
  const authentication = await authenticateClient(client, secret);
  // Answers are signed by the provider; that they came over TLS is not enough.
  const execute = [enableNonRepudiationChecks];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out; never in production
  if (allowsLoopback && isLoopback(issuer)) execute.push(allowInsecureRequests);
  return discovery(issuer, client.clientId, undefined, authentication, { execute, timeout: patienceSeconds });
}

async function begin(
  config: Configuration,
  client: ProviderClient,
  redirectUri: string,
): Promise<{ url: string; checks: SignInChecks }> {
  const checks = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: client.scopes,
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await calculatePKCECodeChallenge(checks.codeVerifier),
    code_challenge_method: 'S256',
    ...(client.acrValues === null ? {} : { acr_values: client.acrValues }),
  });
  return { url: url.href, checks };
}

async function finish(
  config: Configuration,
  { client, url, checks }: { client: ProviderClient; url: string; checks: SignInChecks },
): Promise<ProviderAnswer> {
  const tokens = await authorizationCodeGrant(config, new URL(url), {
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    pkceCodeVerifier: checks.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined) throw new RangeError('there is no ID token');
  const more = client.usesUserInfo ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  return { kind: 'answer', claims: { ...more, ...claims }, idToken: tokens.id_token };
}
