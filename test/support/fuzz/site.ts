import type { Context } from '../../../src/context';
import { operator, roles } from '../../../src/domain/permissions';
import { createSignInLink } from '../../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../../src/usecases/administrator/grant-role';
import { inviteAdministrator } from '../../../src/usecases/administrator/invite-administrator';
import { createLinks } from '../../../src/usecases/coordinator/create-links';
import { openWave } from '../../../src/usecases/coordinator/open-wave';
import { createDraftWave } from '../fieldwork';
import { createRespondentWave } from '../respondents';
import { createResultsNetwork } from '../results-network';

/** Somebody who is signed in. */
interface SignedIn {
  readonly cookie: string;
  readonly csrfToken: string;
}

/** A respondent's browser. */
interface Respondent {
  readonly cookie: string;
  readonly formKey: string;
  readonly token: string;
}

/** What is valid on the site: requests use it, take parts of it, or change it. */
export interface FuzzSite {
  readonly port: number;
  readonly waveKeys: readonly string[];
  readonly signedIn: readonly SignedIn[];
  readonly respondents: readonly Respondent[];
  readonly signInTokens: readonly string[];
}

const network = 'fuzz';
const respondentWaves = 4;

function readCookie(response: Response, name: string): string {
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  if (cookie === undefined) throw new Error(`no cookie ${name} with status ${response.status}`);
  return cookie.split(';')[0]!;
}

function readField(html: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}

/** From a network address of its own, since sign-ins are counted. */
function post(port: number, path: string, address: string): Promise<Response> {
  const headers = { 'X-Forwarded-For': address };
  return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', redirect: 'manual', headers });
}

async function readPage(port: number, path: string, cookie: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } })).text();
}

async function createSignInPath(context: Context, role: (typeof roles)[number]): Promise<string> {
  const email = `${role}-${network}@example.org`;
  if (role === 'administrator') return (await inviteAdministrator(context, operator, { email })).path;
  const organisation = role === 'organisation_contact' ? { organisationKey: 'asker' } : {};
  const grant = { role, email, name: role, networkKey: network, ...organisation };
  const { actorId } = await grantRole(context, operator, grant);
  return (await createSignInLink(context, operator, { actorId })).path;
}

async function signIn(context: Context, port: number, role: (typeof roles)[number]): Promise<SignedIn> {
  const path = await createSignInPath(context, role);
  const cookie = readCookie(await post(port, path, `192.0.2.${roles.indexOf(role)}`), 'session');
  return { cookie, csrfToken: readField(await readPage(port, '/nettverk', cookie), '_csrf') };
}

async function startAnswering(port: number, token: string): Promise<Respondent> {
  const response = await post(port, `/svar/${token}`, '192.0.2.99');
  const cookie = readCookie(response, 'respondent');
  const page = await readPage(port, response.headers.get('location') ?? '', cookie);
  return { cookie, token, formKey: readField(page, '_form') };
}

/**
 * Fills a site with waves in every state, somebody of every role and respondents who have begun.
 * @param context context with the site's database
 * @param port where the site answers, with TRUST_PROXY=1
 */
export async function createFuzzSite(context: Context, port: number): Promise<FuzzSite> {
  await createResultsNetwork(context, network);
  await createResultsNetwork(context, 'fuzz-closed', { isReleased: false });
  await createDraftWave(context, 'fuzz-draft');
  await createDraftWave(context, 'fuzz-open');
  await openWave(context, operator, { waveKey: 'fuzz-open' });
  const links = await createLinks(context, operator, { waveKey: 'fuzz-open' });
  const tokens = links.map(({ link }) => new URL(link).pathname.split('/').at(-1)!);
  for (let wave = 0; wave < respondentWaves; wave += 1) tokens.push(...(await createRespondentWave(context)).tokens);
  const signedIn = [];
  for (const role of roles) signedIn.push(await signIn(context, port, role));
  const respondents = [];
  for (const token of tokens) respondents.push(await startAnswering(port, token));
  const signInTokens = [];
  for (const role of roles) signInTokens.push((await createSignInPath(context, role)).split('/').at(-1)!);
  return {
    port,
    waveKeys: [network, 'fuzz-closed', 'fuzz-draft', 'fuzz-open', 'unknown'],
    signedIn,
    respondents,
    signInTokens,
  };
}
