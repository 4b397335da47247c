import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { ClientSecretBasic, ClientSecretPost, None, PrivateKeyJwt, type ClientAuth } from 'openid-client';
import { z } from 'zod';
import type { ProviderClient } from '../domain/identity/types';

const keyBits = 3072;
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const keySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** The public half of a key, as providers read it. */
export interface PublicKey {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  readonly use: 'sig';
  readonly alg: 'RS256';
}

/**
 * Makes a key by which a provider knows this program, for `private_key_jwt`.
 * @param keyId name of the key
 * @returns the private key as text, to be kept sealed
 */
export function createPrivateKey(keyId: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: keyBits });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: keyId });
}

/**
 * Reads the public half of a key.
 * @param privateKey what `createPrivateKey` gave
 * @returns the public key
 */
export function readPublicKey(privateKey: string): PublicKey {
  const { kty, kid, n, e } = keySchema.parse(JSON.parse(privateKey));
  return { kty, kid, n, e, use: 'sig', alg: 'RS256' };
}

/**
 * Chooses how this program proves to a provider who it is.
 * @param client what is told to the provider
 * @param secret shared secret or private key; null where none is needed
 * @returns what openid-client takes
 */
export async function authenticateClient(client: ProviderClient, secret: string | null): Promise<ClientAuth> {
  if (client.authentication === 'none') return None();
  if (secret === null) throw new RangeError('the secret of the provider is missing');
  if (client.authentication === 'client_secret_basic') return ClientSecretBasic(secret);
  if (client.authentication === 'client_secret_post') return ClientSecretPost(secret);
  const jwk = keySchema.parse(JSON.parse(secret));
  const key = await webcrypto.subtle.importKey('jwk', { ...jwk, alg: 'RS256' }, algorithm, false, ['sign']);
  return PrivateKeyJwt({ key, kid: jwk.kid });
}
