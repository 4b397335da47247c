import { createHmac } from 'node:crypto';
import { loadConfig } from '../../src/config';
import { createContext, type Context } from '../../src/context';
import { createDatabase } from '../../src/db/database';
import { selectInvitations } from '../../src/db/invitations';
import { createSurveyFileReader } from '../../src/db/survey-files';
import { drawAnswers, type DemoAnswers } from '../../src/demo/answer-model';
import { fillClosedWave } from '../../src/demo/fill-waves';
import { demoOrganisations, drawTemperament, drawUnits, type DemoUnit } from '../../src/demo/organisations';
import { createSeededRandom } from '../../src/demo/seeded-random';
import { writeFrame, writeOrganisations } from '../../src/demo/write-files';
import { operator } from '../../src/domain/permissions';
import { createLog } from '../../src/platform/log';
import { migrateDatabase } from '../../src/platform/migrate';
import { surveysFolder } from '../../src/platform/package-root';
import { prepareInstallation } from '../../src/usecases/administrator/prepare-installation';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import type { JourneyPlan } from './load-jobs';

const seed = 31;
export const networkKey = 'bench';
const instrument = 'workplace/1';
const firstPageOnly = { page: 'introduced', language: 'nb' } as const;
const cookieDays = 7;

/** One invited workplace of the open wave. */
export interface Invited {
  readonly invitationId: string;
  /** Path of the personal link. */
  readonly link: string;
  readonly answers: DemoAnswers;
}

/**
 * Opens a database that `createBenchContext` prepared, from another process.
 * @param databaseUrl postgres:// address
 */
export function openBenchContext(databaseUrl: string): Promise<Context> {
  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost' });
  return createContext({ config, db: createDatabase(databaseUrl), log: createLog(config) });
}

/**
 * Migrates a database and opens it for use cases in this process.
 * @param databaseUrl postgres:// address
 */
export async function createBenchContext(databaseUrl: string): Promise<Context> {
  await migrateDatabase(databaseUrl);
  const context = await openBenchContext(databaseUrl);
  await prepareInstallation(context, createSurveyFileReader(surveysFolder));
  await createNetwork(context, operator, { key: networkKey, name: 'Bench', isOpen: true });
  await importOrganisations(context, operator, { networkKey, file: writeOrganisations(demoOrganisations) });
  return context;
}

/** Draws the workplaces of the demo organisations, scaled to a number of them, at least. */
export function drawManyUnits(count: number): readonly DemoUnit[] {
  const random = createSeededRandom(seed);
  const perScale = demoOrganisations.flatMap((organisation) => drawUnits(random, organisation)).length;
  const scale = (count * 1.02 + 50) / perScale;
  return demoOrganisations.flatMap((organisation) =>
    drawUnits(random, { ...organisation, scale: organisation.scale * scale }),
  );
}

/**
 * Opens a wave with many invited workplaces.
 * @param context context of this process
 * @param count number of invitations, at least
 * @returns the invitations, each with the answers that its respondent will give
 */
export async function openBenchWave(context: Context, count: number): Promise<readonly Invited[]> {
  const waveKey = 'open';
  const units = drawManyUnits(count);
  await createWave(context, operator, { key: waveKey, networkKey, instrument, period: '2025–2026' });
  await importFrame(context, operator, { waveKey, file: writeFrame(units) });
  await openWave(context, operator, { waveKey });
  const links = await createLinks(context, operator, { waveKey });
  const [wave] = (await context.db.raw<{ rows: { id: string }[] }>(`SELECT id FROM wave WHERE key = 'open'`)).rows;
  const invitations = await selectInvitations(context.db, wave?.id ?? '');
  const idByUnit = new Map(invitations.map(({ id, unit }) => [unit, id]));
  const unitByKey = new Map(units.map((unit) => [unit.unit, unit]));
  const random = createSeededRandom(seed + 1);
  const invited = links.flatMap(({ unit, link }): readonly Invited[] => {
    const [demoUnit, invitationId] = [unitByKey.get(unit), idByUnit.get(unit)];
    if (demoUnit === undefined || invitationId === undefined) return [];
    const answers = drawAnswers(random, drawTemperament(random, demoUnit, 0.2));
    return [{ invitationId, link: new URL(link).pathname, answers }];
  });
  return invited
    .map((each) => ({ each, order: random.uniform() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
}

/** More responses than this are copies of the ones that were drawn: drawing and importing them would take hours. */
const mostDrawn = 10_000;

/**
 * Takes a wave through opening, import of responses, closing and release. Of a large one a part is imported; each of its
 * responses, and the counts of the frame, are then multiplied in the database between closing and release.
 * @param context context of this process
 * @param responses number of responses, about
 * @param key key of the wave
 */
export async function releaseBenchWave(context: Context, responses: number, key = 'released'): Promise<string> {
  const responseRate = 0.55;
  const times = Math.ceil(responses / mostDrawn);
  const units = drawManyUnits(Math.round(responses / times / responseRate));
  const wave = { key, networkKey, instrument, period: '2023–2024', trend: 0, released: '2025-03-12', units };
  const released = await fillClosedWave(context, createSeededRandom(seed), wave);
  if (times > 1) await multiplyResponses(context, key, times);
  await releaseWave(released, operator, { waveKey: key });
  return key;
}

async function multiplyResponses(context: Context, waveKey: string, times: number): Promise<void> {
  await context.db.raw(
    `INSERT INTO response (wave_id, stratum, answers)
     SELECT response.wave_id, response.stratum, response.answers
       FROM response JOIN wave ON wave.id = response.wave_id
      CROSS JOIN generate_series(2, CAST(:times AS integer))
      WHERE wave.key = :waveKey`,
    { waveKey, times },
  );
  await context.db.raw('ALTER TABLE stratum DISABLE TRIGGER USER');
  await context.db.raw(
    `UPDATE stratum SET frame_count = frame_count * :times, invited_count = invited_count * :times,
            ineligible_count = ineligible_count * :times, respondent_count = respondent_count * :times
      WHERE wave_id = (SELECT id FROM wave WHERE key = :waveKey)`,
    { waveKey, times },
  );
  await context.db.raw('ALTER TABLE stratum ENABLE TRIGGER USER');
  await context.db.raw('ANALYZE response');
}

/**
 * Stores finished drafts, as after the last page.
 * @param context context of this process
 * @param invited the invitations
 */
export async function storeDrafts(context: Context, invited: readonly Invited[]): Promise<void> {
  const rows = invited.map(({ invitationId, answers }) => ({ invitationId, answers }));
  await context.db.raw(
    `INSERT INTO draft (invitation_id, answers, page, language)
     SELECT added."invitationId", added.answers, :page, :language
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added ("invitationId" uuid, answers jsonb)`,
    { rows: JSON.stringify(rows), ...firstPageOnly },
  );
}

/** What a browser holds after it has exchanged its link: cookie and the key of its forms. */
export function signRespondent(context: Context, invitationId: string): { cookie: string; formKey: string } {
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', context.secrets.respondentCookie).update(`${purpose}\0${text}`).digest('base64url');
  const content = `${invitationId}.${Math.floor(Date.now() / 1000) + cookieDays * 86_400}.nb`;
  return {
    cookie: `respondent=${content}.${sign('cookie', content)}`,
    formKey: sign('form', invitationId).slice(0, 22),
  };
}

/** Plans of whole journeys, each from a network address of its own, as limits count by address. */
export function planJourneys(invited: readonly Invited[]): readonly JourneyPlan[] {
  return invited.map(({ link, answers }, index) => ({
    link,
    answers,
    address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
  }));
}
