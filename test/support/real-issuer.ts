import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startProgram, type Program } from '../integration/start/programs';

/** A client of the provider, by the names of OpenID Connect. */
export type ClientMetadata = Readonly<Record<string, unknown>> & { readonly client_id: string };

/** What each account's identity token and user info say. */
export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A free TCP port of this machine. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a real provider; the caller ends it. */
export async function startIssuer(options: {
  readonly port: number;
  readonly clients: readonly ClientMetadata[];
  readonly accounts: Accounts;
}): Promise<Program> {
  const program = startProgram({ args: ['test/support/oidc-provider.mjs', JSON.stringify(options)], environment: {} });
  await program.printed(/listening/);
  return program;
}

/**
 * Signs in at the provider as a browser without cookies would.
 * @param url address that the program sent the browser to
 * @param account who signs in
 * @returns address that the provider sends the browser back to
 */
export async function signInAtIssuer(url: string, account: string): Promise<URL> {
  const { origin } = new URL(url);
  const cookies = new Map<string, string>();
  let next = new URL(url);
  next.searchParams.set('login_hint', account);
  while (next.origin === origin) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${next.pathname} answered ${response.status}: ${await response.text()}`);
    for (const each of response.headers.getSetCookie()) {
      const [name = '', value = ''] = each.split(';')[0]!.split(/=(.*)/s);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    next = new URL(location, next);
  }
  return next;
}
