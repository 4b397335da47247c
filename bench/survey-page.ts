import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../src/context';
import type { Page } from '../src/http/page';
import { buildQuestionPage } from '../src/http/pages/respondent/question-page';
import { languages } from '../src/domain/languages';
import { readQuestionnaire } from '../src/usecases/respondent/read-questionnaire';
import { findMedian, report, type Figure } from './support/figures';
import { openConnection, writeGet } from './support/http-connection';
import { signRespondent, type Invited } from './support/network';
import { describePostgres } from './support/postgres';
import { divideRounds, listCosts, pluck, runRounds, type Contestant } from './support/rounds';
import { startReference, type Server } from './support/site';
import {
  pageAddress,
  pageName,
  startSiteProduct,
  storePageDrafts,
  withSite,
  writePageGets,
  writePagePosts,
  type Site,
} from './support/survey-site';

/**
 * Reading and saving a page of the survey, against an Express handler that answers the same from memory, and against
 * Express with EJS and one query. Arguments: rounds, seconds per round.
 */
const roundCount = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 1.5);
const connections = 16;
const respondents = 256;
const checkRepetitions = 20_000;

async function timeCheck(context: Context, { invitationId, answers }: Invited): Promise<Figure> {
  const { instrument } = await readQuestionnaire(context, invitationId);
  const rounds = Array.from({ length: roundCount + 1 }, () => {
    const started = process.cpuUsage();
    for (let each = 0; each < checkRepetitions; each += 1) instrument.checkResponse(answers);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / checkRepetitions;
  });
  const name = `compiled check of a response with ${Object.keys(answers).length} answers`;
  return { name, rounds: rounds.slice(1), unit: 'µs', target: { atMost: 10 } };
}

/** Keeps what the product answers, and the view model behind it, for the references. */
async function keepPage({ context, folder }: Site, { invitationId }: Invited, port: number) {
  const { cookie, formKey } = signRespondent(context, invitationId);
  const connection = await openConnection(port);
  const { status, body } = await connection.exchange(writeGet(pageAddress, { Cookie: cookie }));
  connection.close();
  if (status !== 200) throw new Error(`the page answers ${status}`);
  const [pageFile, modelFile] = [join(folder, 'page.html'), join(folder, 'model.json')];
  writeFileSync(pageFile, body);
  const questionnaire = await readQuestionnaire(context, invitationId);
  const page = questionnaire.instrument.pages.find(({ name }) => name === pageName);
  if (page === undefined) throw new RangeError(`no page ${pageName}`);
  const model = buildQuestionPage({ questionnaire, page, language: 'nb', formKey, isFromReview: false });
  const layout: Omit<Page, 't'> = {
    title: model.heading,
    language: 'nb',
    languageLinks: languages.map((language) => ({ language, name: language, href: '?', isCurrent: language === 'nb' })),
    assetVersion: '0123456789ab',
    styleSheet: 'answering',
    isDemo: false,
    actorName: null,
    navigation: [],
    csrfToken: null,
    scripts: ['build/respondent'],
    refreshSeconds: null,
  };
  writeFileSync(modelFile, JSON.stringify({ ...model, page: layout }));
  return { pageFile, modelFile, bytes: body.length };
}

function createContestants(
  { load, context }: Site,
  chosen: readonly Invited[],
  servers: Readonly<Record<'product' | 'memory' | 'view', Server>>,
): readonly Contestant[] {
  const gets = writePageGets(context, chosen);
  const posts = writePagePosts(context, chosen);
  const [anyGet = '', anyPost = ''] = [gets[0], posts[0]];
  const { product, memory, view } = servers;
  const plan = [
    { name: 'GET', server: product, requests: gets, expectedStatus: 200 },
    { name: 'GET from memory', server: memory, requests: [anyGet.replace(pageAddress, '/page')], expectedStatus: 200 },
    {
      name: 'GET with EJS and one query',
      server: view,
      requests: chosen.map(({ invitationId }) => writeGet(`/page/${invitationId}`)),
      expectedStatus: 200,
    },
    { name: 'POST', server: product, requests: posts, expectedStatus: 303 },
    {
      name: 'POST from memory',
      server: memory,
      requests: [anyPost.replace(pageAddress, '/page')],
      expectedStatus: 303,
    },
  ];
  return plan.map(({ name, server, requests, expectedStatus }) => ({
    name,
    pid: server.pid,
    load: (length) =>
      load.repeat({ port: server.port, connections, requests, seconds: length, expectedStatus, isOnce: false }),
  }));
}

async function run(site: Site): Promise<void> {
  const { context, folder, postgres } = site;
  const chosen = await storePageDrafts(site, respondents);
  const [first] = chosen;
  if (first === undefined) throw new RangeError('nobody is invited');
  const product = await startSiteProduct(site);
  const { pageFile, modelFile, bytes } = await keepPage(site, first, product.port);
  const memory = await startReference(folder, { REFERENCE: 'memory', PAGE_FILE: pageFile });
  const { databaseUrl } = postgres;
  const view = await startReference(folder, { REFERENCE: 'view', MODEL_FILE: modelFile, DATABASE_URL: databaseUrl });
  const contestants = createContestants(site, chosen, { product, memory, view });
  const rounds = await runRounds(contestants, {
    rounds: roundCount,
    seconds,
    postmasterPid: postgres.postmasterPid(),
  });
  const processorRatio = (above: string, below: string): Figure => ({
    name: `${above} / ${below}, by node's processor time`,
    rounds: divideRounds(rounds, [below, above], ({ nodeMicroseconds }) => nodeMicroseconds),
    unit: '× requests per second of a core',
  });
  const ratio = (above: string, below: string, atLeast: number): Figure => ({
    name: `${above} / ${below}`,
    rounds: divideRounds(rounds, [above, below], ({ perSecond }) => perSecond),
    unit: '× requests/s',
    reference: `${Math.round(findMedian(pluck(rounds, below, ({ perSecond }) => perSecond)))}/s`,
    target: { atLeast },
  });
  report(
    [
      ratio('GET', 'GET from memory', 0.25),
      ratio('GET', 'GET with EJS and one query', 0.8),
      ratio('POST', 'POST from memory', 0.2),
      processorRatio('GET', 'GET from memory'),
      processorRatio('GET', 'GET with EJS and one query'),
      processorRatio('POST', 'POST from memory'),
      ...contestants.flatMap(({ name }) => listCosts(rounds, name, 'request')),
      await timeCheck(context, first),
    ],
    {
      postgres: await describePostgres(context),
      remarks: [
        `Page \`${pageName}\`: five questions, one of them a follow-up, ${bytes} bytes uncompressed; ${connections} ` +
          `connections, ${respondents} respondents. The references send no ETag and log nothing; the product logs every request.`,
      ],
    },
  );
  for (const server of [product, memory, view]) await server.kill('SIGTERM');
}

void withSite(8 * respondents, run);
