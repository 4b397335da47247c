import { join } from 'node:path';
import type { Context } from '../../src/context';
import { fingerprintAnswer } from '../../src/domain/fieldwork/merge-draft-page';
import { writeGet, writePost } from './http-connection';
import { startLoad, type Load } from './load';
import { createBenchContext, openBenchWave, signRespondent, storeDrafts, type Invited } from './network';
import { startPostgres, type Postgres } from './postgres';
import { compileProduct, makeBenchFolder, removeBenchFolder, startProduct, type Server } from './site';

/** The page that is read and saved: five questions, one of them a follow-up. */
export const pageName = 'latest';
export const pageAddress = `/undersokelse/side/${pageName}`;

/** Everything that a program needs to load the product. */
export interface Site {
  readonly folder: string;
  readonly postgres: Postgres;
  readonly context: Context;
  readonly invited: readonly Invited[];
  readonly load: Load;
}

/**
 * Makes a site with an open wave in a temporary folder, and takes everything down afterwards.
 * @param invitations number of invitations
 * @param work what is done with it
 */
export async function withSite(invitations: number, work: (site: Site) => Promise<void>): Promise<void> {
  const folder = makeBenchFolder();
  try {
    compileProduct(folder);
    const postgres = await startPostgres(join(folder, 'data'));
    const context = await createBenchContext(postgres.databaseUrl);
    const load = startLoad();
    try {
      await work({ folder, postgres, context, load, invited: await openBenchWave(context, invitations) });
    } finally {
      load.stop();
      await context.db.destroy();
      await postgres.stop();
    }
  } finally {
    removeBenchFolder(folder);
  }
}

/**
 * Starts the product on a site's database.
 * @param site the site
 * @param environment settings of this process alone
 */
export function startSiteProduct(site: Site, environment: Readonly<Record<string, string>> = {}): Promise<Server> {
  return startProduct(site.folder, { DATABASE_URL: site.postgres.databaseUrl, ...environment });
}

/**
 * Finds respondents whose route leads to the page and opens its follow-up, and stores their finished drafts.
 * @param site the site
 * @param count number of respondents
 */
export async function storePageDrafts({ context, invited }: Site, count: number): Promise<readonly Invited[]> {
  const chosen = invited.filter(({ answers }) => answers['latest_types'] && answers['heard_from']).slice(0, count);
  if (chosen.length < count) throw new RangeError('too few respondents come to the page');
  await storeDrafts(context, chosen);
  return chosen;
}

/** Requests for the page, one a respondent. */
export function writePageGets(context: Context, invited: readonly Invited[]): readonly string[] {
  return invited.map(({ invitationId }) =>
    writeGet(pageAddress, { Cookie: signRespondent(context, invitationId).cookie }),
  );
}

/** Requests that save the page: the last answer changes every time, so that each one writes. */
export function writePagePosts(context: Context, invited: readonly Invited[]): readonly string[] {
  return ['current', 'future'].flatMap((choice) => invited.map((each) => writePagePost(context, each, choice)));
}

function writePagePost(context: Context, { invitationId, answers }: Invited, coreTask: string): string {
  const { cookie, formKey } = signRespondent(context, invitationId);
  const fields = new URLSearchParams({ _form: formKey, _page: pageName, _from: '', _action: 'next' });
  for (const name of ['latest_types', 'novelty', 'heard_from', 'earlier_practice']) {
    fields.append('_asked', `${name}:${fingerprintAnswer(answers[name])}`);
    for (const value of [answers[name] ?? []].flat()) fields.append(name, value);
  }
  fields.append('core_task', coreTask);
  return writePost(pageAddress, { Cookie: cookie }, fields.toString());
}

/** Requests that send finished drafts, one a respondent. */
export function writeSendings(context: Context, invited: readonly Invited[]): readonly string[] {
  return invited.map(({ invitationId }) => {
    const { cookie, formKey } = signRespondent(context, invitationId);
    return writePost('/undersokelse/send', { Cookie: cookie }, `_form=${formKey}&_revision=1`);
  });
}
