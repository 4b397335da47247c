import type { Context } from '../context';
import { operator } from '../domain/permissions';
import { closeWave } from '../usecases/coordinator/close-wave';
import { createLinks } from '../usecases/coordinator/create-links';
import { createWave } from '../usecases/coordinator/create-wave';
import { importFrame } from '../usecases/coordinator/import-frame';
import { importResponses } from '../usecases/coordinator/import-responses';
import { openWave } from '../usecases/coordinator/open-wave';
import { releaseWave } from '../usecases/coordinator/release-wave';
import { readQuestionnaire } from '../usecases/respondent/read-questionnaire';
import { saveDraft } from '../usecases/respondent/save-draft';
import { startAnswering } from '../usecases/respondent/start-answering';
import { submitResponse } from '../usecases/respondent/submit-response';
import { drawAnswers, type DemoAnswers } from './answer-model';
import { listAnswerColumns } from './answer-shares';
import { drawTemperament, type DemoUnit } from './organisations';
import type { SeededRandom } from './seeded-random';
import { writeFrame, writeResponses, type DemoOutcome } from './write-files';

export interface DemoWave {
  readonly key: string;
  readonly networkKey: string;
  readonly instrument: string;
  readonly period: string;
  readonly units: readonly DemoUnit[];
  /** How much more innovative the network has become since the first wave. */
  readonly trend: number;
}

const dayMilliseconds = 86_400_000;
const fieldworkDays = 40;
const partialShare = 0.04;
const breakOffShare = 0.1;
/** Answers sent in the wave that is still open: enough for the fieldwork page to show something. */
const answersInOpenWave = 36;
const openedDaysAgo = 12;
const daysLeft = 23;

/** A context whose clock stands at a given day. */
function at(context: Context, day: Date): Context {
  return { ...context, now: () => day };
}

async function prepareWave(
  context: Context,
  wave: DemoWave,
  more: { anonymityLevel: 'anonym' | 'fortrolig'; closesOn?: string },
): Promise<void> {
  const { key, networkKey, instrument, period } = wave;
  await createWave(context, operator, { key, networkKey, instrument, period, ...more });
  await importFrame(context, operator, { waveKey: key, file: writeFrame(wave.units) });
  await openWave(context, operator, { waveKey: key });
}

function drawOutcome(random: SeededRandom, unit: DemoUnit, trend: number): DemoOutcome {
  const answers = drawAnswers(random, drawTemperament(random, unit, trend));
  if (!random.chance(unit.organisation.responseRate)) {
    return { unit: unit.unit, disposition: random.chance(breakOffShare) ? 'R' : 'NC', answers: {} };
  }
  return { unit: unit.unit, disposition: random.chance(partialShare) ? 'P' : 'I', answers };
}

/** An earlier wave and the day of its release, YYYY-MM-DD. */
export type EarlierWave = DemoWave & { readonly released: string };

/**
 * Fills in a wave that was opened, answered and closed, as an import of an earlier round.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 * @returns a context whose clock stands at the day of its release
 */
export async function fillClosedWave(context: Context, random: SeededRandom, wave: EarlierWave): Promise<Context> {
  const released = new Date(`${wave.released}T10:00:00Z`);
  const opened = new Date(released.getTime() - fieldworkDays * dayMilliseconds);
  const waveKey = wave.key;
  await prepareWave(at(context, opened), wave, { anonymityLevel: 'fortrolig' });
  const outcomes = wave.units.map((unit) => drawOutcome(random, unit, wave.trend));
  const file = writeResponses(listAnswerColumns(), outcomes);
  await importResponses(at(context, released), operator, { waveKey, file });
  await closeWave(at(context, released), operator, { waveKey });
  return at(context, released);
}

/**
 * Fills in a wave that has been through everything: opened, answered, closed and released.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 */
export async function fillEarlierWave(context: Context, random: SeededRandom, wave: EarlierWave): Promise<void> {
  const released = await fillClosedWave(context, random, wave);
  await releaseWave(released, operator, { waveKey: wave.key });
}

/**
 * Fills in a wave that is open now, with the first answers sent in as respondents send them.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 */
export async function fillOpenWave(context: Context, random: SeededRandom, wave: DemoWave): Promise<void> {
  const now = context.now().getTime();
  const closesOn = new Date(now + daysLeft * dayMilliseconds).toISOString().slice(0, 10);
  const opened = at(context, new Date(now - openedDaysAgo * dayMilliseconds));
  await prepareWave(opened, wave, { anonymityLevel: 'anonym', closesOn });
  const links = await createLinks(opened, operator, { waveKey: wave.key });
  const step = Math.floor(links.length / answersInOpenWave);
  for (const [index, link] of links.entries()) {
    const unit = wave.units.find((candidate) => candidate.unit === link.unit);
    if (index % step !== 0 || unit === undefined) continue;
    const day = new Date(now - Math.floor(random.uniform() * openedDaysAgo) * dayMilliseconds);
    const token = new URL(link.link).pathname.split('/').at(-1) ?? '';
    await answer(at(context, day), token, drawAnswers(random, drawTemperament(random, unit, wave.trend)));
  }
}

async function answer(context: Context, token: string, answers: DemoAnswers): Promise<void> {
  const { invitationId, page: first } = await startAnswering(context, token);
  const { instrument } = await readQuestionnaire(context, invitationId);
  let pageName = first;
  let revision = 0;
  while (pageName !== null) {
    const page = instrument.pages.find(({ name }) => name === pageName);
    const asked = new Set(page?.questions.map(({ name }) => name));
    const raw = Object.fromEntries(Object.entries(answers).filter(([question]) => asked.has(question)));
    const posted = { raw, asked: new Map<string, string>() };
    const saved = await saveDraft(context, { invitationId, pageName, posted, language: 'nb', action: 'next' });
    if (saved.goTo === pageName) throw new RangeError(`a synthetic answer is not accepted on ${pageName}`);
    revision = saved.questionnaire.draft?.revision ?? revision;
    pageName = saved.goTo;
  }
  await submitResponse(context, { invitationId, revision });
}
