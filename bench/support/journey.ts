import { openConnection, writeGet, writePost, type Connection, type Reply } from './http-connection';
import type { JourneyOutcome, JourneyPlan } from './load-jobs';

/** More steps than any route through a questionnaire takes. */
const mostSteps = 40;

interface Progress {
  requests: number;
  saved: Record<string, string | readonly string[]>;
  isSent: boolean;
  hasTriedSending: boolean;
}

interface Browser {
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, fields: URLSearchParams) => Promise<Reply>;
}

/** Hidden fields of a form that a browser would send along. */
function readHidden(html: string, name: string): readonly string[] {
  const pattern = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"(?! disabled)`, 'g');
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

function expectStatus(reply: Reply, status: number, step: string): Reply {
  if (reply.status !== status) throw new Error(`${step}: ${reply.status} instead of ${status}`);
  return reply;
}

function readLocation(reply: Reply): string {
  return /\r\nlocation: ([^\r]+)/i.exec(reply.head)?.[1] ?? '';
}

function openBrowser(connection: Connection, plan: JourneyPlan, progress: Progress): Browser {
  let cookie = '';
  const headers = () => ({ 'X-Forwarded-For': plan.address, ...(cookie === '' ? {} : { Cookie: cookie }) });
  const exchange = async (request: string): Promise<Reply> => {
    progress.requests += 1;
    const reply = await connection.exchange(request);
    const [, set] = /\r\nset-cookie: (respondent=[^;]+)/i.exec(reply.head) ?? [];
    if (set !== undefined) cookie = set;
    return reply;
  };
  return {
    get: (path) => exchange(writeGet(path, headers())),
    post: (path, fields) => exchange(writePost(path, headers(), fields.toString())),
  };
}

async function answerPage(browser: Browser, path: string, { plan, progress }: Answering): Promise<string> {
  const html = expectStatus(await browser.get(path), 200, path).body.toString();
  const fields = new URLSearchParams();
  const given: Progress['saved'] = {};
  for (const name of ['_form', '_page', '_from']) fields.append(name, readHidden(html, name)[0] ?? '');
  for (const asked of readHidden(html, '_asked')) {
    fields.append('_asked', asked);
    const name = asked.split(':')[0] ?? '';
    const answer = plan.answers[name];
    if (answer === undefined) continue;
    given[name] = answer;
    for (const value of [answer].flat()) fields.append(name, value);
  }
  fields.append('_action', 'next');
  const action = path.split('?')[0] ?? path;
  const reply = expectStatus(await browser.post(action, fields), 303, `saving ${action}`);
  Object.assign(progress.saved, given);
  return readLocation(reply);
}

interface Answering {
  readonly plan: JourneyPlan;
  readonly progress: Progress;
}

async function travel(browser: Browser, { plan, progress }: Answering): Promise<void> {
  expectStatus(await browser.get(plan.link), 200, 'the link');
  let path = readLocation(expectStatus(await browser.post(plan.link, new URLSearchParams()), 303, 'the exchange'));
  for (let step = 0; path.startsWith('/undersokelse/side/'); step += 1) {
    if (step > mostSteps) throw new Error('the journey has no end');
    path = await answerPage(browser, path, { plan, progress });
  }
  const review = expectStatus(await browser.get(path), 200, 'the review').body.toString();
  const fields = new URLSearchParams();
  for (const name of ['_form', '_revision']) fields.append(name, readHidden(review, name)[0] ?? '');
  progress.hasTriedSending = true;
  const receipt = readLocation(expectStatus(await browser.post('/undersokelse/send', fields), 303, 'sending'));
  progress.isSent = true;
  expectStatus(await browser.get(receipt), 200, 'the receipt');
}

/**
 * Answers a whole questionnaire as a browser without script does, on a connection of its own.
 * @param port the server's TCP port
 * @param plan whose link, and the answers
 * @returns how far it came; faults of server and network end it early and are told, not thrown
 */
export async function takeJourney(port: number, plan: JourneyPlan): Promise<JourneyOutcome> {
  const progress: Progress = { requests: 0, saved: {}, isSent: false, hasTriedSending: false };
  let failure: string | null = null;
  let connection: Connection | undefined;
  try {
    connection = await openConnection(port);
    await travel(openBrowser(connection, plan, progress), { plan, progress });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    connection?.close();
  }
  return { link: plan.link, failure, ...progress };
}
