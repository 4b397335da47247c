import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Part = Readonly<Record<string, unknown>>;

/** A provider made by hand, so that it can answer wrongly. */
export interface FaultyIssuer {
  readonly issuer: string;
  /** What the next answer says, from a sound header and sound claims. */
  answerWith: (token: { header: Part; claims: Part }) => {
    readonly header: Part;
    readonly claims: Part;
    readonly key?: KeyObject;
  };
  /** Nonce of the sign-in under way, as the authorization request said it. */
  nonce: string;
  readonly stop: () => Promise<void>;
}

const encode = (part: Part | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** A JSON web token; `alg: none` has an empty signature. */
function sign(header: Part, claims: Part, key: KeyObject): string {
  const text = `${encode(header)}.${encode(claims)}`;
  if (header['alg'] === 'none') return `${text}.`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

/** Keys that providers sign with; one is published, another is not. */
export function createKeys(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/**
 * Starts a provider that knows one client and one person.
 * @param clientId the client
 * @param person claims about the person
 */
export async function startFaultyIssuer(clientId: string, person: Part): Promise<FaultyIssuer> {
  const { privateKey, publicKey } = createKeys();
  const answers: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer: site.issuer,
      authorization_endpoint: `${site.issuer}/authorize`,
      token_endpoint: `${site.issuer}/token`,
      jwks_uri: `${site.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'none'],
    }),
    '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': () => {
      const now = Math.floor(Date.now() / 1000);
      const sound = {
        header: { alg: 'RS256', kid: 'one' },
        claims: { iss: site.issuer, aud: clientId, nonce: site.nonce, iat: now, exp: now + 300, ...person },
      };
      const { header, claims, key } = site.answerWith(sound);
      return { access_token: 'x', token_type: 'Bearer', id_token: sign(header, claims, key ?? privateKey) };
    },
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: FaultyIssuer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith: (token) => token,
    nonce: '',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return site;
}
