/**
 * A real OpenID provider on this machine, in a process of its own: oidc-provider ships ES modules that Jest cannot load.
 * Told by one argument, JSON with port, clients, and claims of accounts by id; `login_hint` says who signs in, and
 * without it a page with a button for each account asks.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { port, clients, accounts } = JSON.parse(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  claims: { openid: ['sub', 'groups'], profile: ['name'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
});
const choice = `<!doctype html><html lang="nb"><title>Innlogging</title><h1>Hvem er du?</h1><form>${Object.entries(
  accounts,
)
  .map(([id, { name }]) => `<button name="account" value="${id}">${name}</button>`)
  .join('')}</form></html>`;
const answer = provider.callback();
const server = createServer(async (request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    answer(request, response);
    return;
  }
  const { params } = await provider.interactionDetails(request, response);
  const accountId = params.login_hint ?? new URL(request.url, provider.issuer).searchParams.get('account');
  if (accountId === null) response.setHeader('content-type', 'text/html; charset=utf-8').end(choice);
  else await provider.interactionFinished(request, response, { login: { accountId } });
});
server.listen(port, '127.0.0.1', () => console.log('listening'));
