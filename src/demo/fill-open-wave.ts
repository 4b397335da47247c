import { addDays, toDate } from '../domain/fieldwork/wave-state';
import { operator, type Actor } from '../domain/permissions';
import type { Context } from '../context';
import { runMailing } from '../usecases/administrator/run-mailing';
import { takeInReports } from '../usecases/administrator/take-in-bounces';
import { createLinks } from '../usecases/coordinator/create-links';
import { drawWaveSample } from '../usecases/coordinator/draw-wave-sample';
import { importFrame } from '../usecases/coordinator/import-frame';
import { openWave } from '../usecases/coordinator/open-wave';
import { planNewWave } from '../usecases/coordinator/plan-wave';
import { readMailings } from '../usecases/coordinator/read-mailings';
import { requestMailing } from '../usecases/coordinator/request-mailing';
import { saveOrganisationPrivacy, saveWavePrivacy } from '../usecases/coordinator/save-wave-privacy';
import { sendTestMail } from '../usecases/coordinator/send-test-mail';
import { declineInvitation } from '../usecases/respondent/decline-invitation';
import { startAnswering } from '../usecases/respondent/start-answering';
import { confirmTestMail } from '../usecases/visitor/confirm-test-mail';
import { drawAnswers } from './answer-model';
import { at, chooseDemoPeers, type DemoWave } from './fill-waves';
import { giveAnswers } from './give-answers';
import type { DemoMailbox } from './mailbox';
import { demoOrganisations, drawTemperament, type DemoUnit } from './organisations';
import { coordinatorAddress } from './people';
import { createOrganisationForm, createPrivacyForm, planForm } from './plan-forms';
import type { SeededRandom } from './seeded-random';
import { writeNamedFrame } from './write-files';

const preparedDaysAgo = 40;
const openedDaysAgo = 12;
const remindedDaysAgo = 5;
const nextReminderDays = 3;
const daysLeft = 23;
const target = 60;
/** Workplaces that are drawn in each member, so that the first start is quick. */
const sampleSizes: Readonly<Record<string, string>> = {
  asker: '70',
  drammen: '40',
  barum: '40',
  oslo: '50',
  akershus: '30',
  buskerud: '30',
  vestfold: '30',
};
/** The mail server is told to go as fast as it can: nobody is on the other side. */
const mailsPerMinute = 6_000_000;

/** How the invited behave, of a hundred. */
const behaviour = [
  ['answers', 30],
  ['opens', 9],
  ['declines', 2],
  ['bounces', 2],
  ['waits', 57],
] as const;

/** Who runs the wave, and where its mail ends up; null: no mail, and links are made in another way. */
export interface OpenWaveHelp {
  readonly coordinator: Actor;
  readonly mailbox: DemoMailbox | null;
}

/**
 * Fills in a wave that is in the field now: a sample, privacy set-up, invitations and a reminder by mail, and what people
 * have done with them.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 * @param help who runs it, and the mailbox
 */
export async function fillOpenWave(
  context: Context,
  random: SeededRandom,
  wave: DemoWave,
  help: OpenWaveHelp,
): Promise<void> {
  const { mailbox } = help;
  const { mail } = context.config;
  const config =
    mail === undefined ? context.config : { ...context.config, mail: { ...mail, perMinute: mailsPerMinute } };
  const inside = { ...context, config, mailer: mailbox?.mailer ?? null };
  await prepare(at(inside, -preparedDaysAgo), wave, help);
  const opened = at(inside, -openedDaysAgo);
  const actor = mailbox === null ? operator : help.coordinator;
  await openWave(opened, actor, { waveKey: wave.key });
  const reach = mailbox === null ? await linkByHand(opened, actor, wave) : linkByMail(mailbox);
  if (mailbox !== null) await mailAll(opened, actor, wave.key);
  const people = wave.units
    .filter(({ unit }) => reach(unit) !== null)
    .map((unit) => ({ unit, does: random.pick(behaviour) }));
  const early = people.filter((_, index) => index % 2 === 0);
  await live(inside, random, { wave, people: early, reach, days: [openedDaysAgo, remindedDaysAgo + 1] });
  if (mailbox !== null) await mailAll(at(inside, -remindedDaysAgo), actor, wave.key);
  const late = people.filter((_, index) => index % 2 === 1);
  await live(inside, random, { wave, people: late, reach, days: [remindedDaysAgo, 0] });
  if (mailbox === null) return;
  const plannedOn = addDays(toDate(context.now()), nextReminderDays);
  await requestMailing(at(inside, -1), actor, { waveKey: wave.key, plannedOn });
}

async function prepare(context: Context, wave: DemoWave, { coordinator, mailbox }: OpenWaveHelp): Promise<void> {
  const { key: waveKey, networkKey, instrument, period, units } = wave;
  const today = toDate(context.now());
  const opensOn = addDays(today, preparedDaysAgo - openedDaysAgo);
  const closesOn = addDays(today, preparedDaysAgo + daysLeft);
  const form = { ...planForm, period, instrument, opensOn, closesOn, target: String(target) };
  await planNewWave(context, coordinator, { networkKey, key: waveKey, form });
  await importFrame(context, coordinator, { waveKey, file: writeNamedFrame(units) });
  await chooseDemoPeers(context, wave, coordinator);
  const sample = { kind: 'sample', sizes: sampleSizes, minimum: '2', seed: 'demo 2026' } as const;
  await drawWaveSample(context, coordinator, { waveKey, form: sample });
  await saveWavePrivacy(context, coordinator, { waveKey, form: createPrivacyForm(addDays(today, -10)) });
  for (const organisation of demoOrganisations) {
    const part = createOrganisationForm(organisation, addDays(today, -20));
    await saveOrganisationPrivacy(context, coordinator, { waveKey, organisationKey: organisation.key, form: part });
  }
  if (mailbox === null) return;
  await sendTestMail(context, coordinator, { waveKey, language: 'nb', address: coordinatorAddress });
  await confirmTestMail(context, findToken(mailbox.findMail(coordinatorAddress)?.text, 'testpost') ?? '');
}

async function mailAll(context: Context, actor: Actor, waveKey: string): Promise<void> {
  await requestMailing(context, actor, { waveKey, plannedOn: null });
  const { mailings } = await readMailings(context, actor, { waveKey });
  const { signal } = new AbortController();
  for (const { id, state } of mailings) if (state === 'sending') await runMailing(context, id, signal);
}

/** What somebody has in hand: secret parts of their links. */
interface Reach {
  readonly token: string;
  readonly optOutToken: string | null;
  readonly messageId: string | null;
}

type FindReach = (unit: string) => Reach | null;

function findToken(text: string | undefined, path: string): string | null {
  return new RegExp(`/${path}/([\\w.-]+)`).exec(text ?? '')?.[1] ?? null;
}

function linkByMail({ findMail }: DemoMailbox): FindReach {
  return (unit) => {
    const mail = findMail(`${unit}@example.org`);
    const token = findToken(mail?.text, 'svar');
    return mail === null || token === null
      ? null
      : { token, optOutToken: findToken(mail.text, 'nei'), messageId: mail.messageId ?? null };
  };
}

async function linkByHand(context: Context, actor: Actor, { key }: DemoWave): Promise<FindReach> {
  const links = await createLinks(context, actor, { waveKey: key });
  const tokens = new Map(links.map(({ unit, link }) => [unit, findToken(link, 'svar')]));
  return (unit) => {
    const token = tokens.get(unit) ?? null;
    return token === null ? null : { token, optOutToken: null, messageId: null };
  };
}

interface Days {
  readonly wave: DemoWave;
  readonly people: readonly { readonly unit: DemoUnit; readonly does: (typeof behaviour)[number][0] }[];
  readonly reach: FindReach;
  /** First and last day, in days before today. */
  readonly days: readonly [number, number];
}

/** Lets people do what they do, one after another: the demo is one transaction. */
async function live(context: Context, random: SeededRandom, { wave, people, reach, days }: Days): Promise<void> {
  const [first, last] = days;
  for (const { unit, does } of people) {
    const found = reach(unit.unit);
    const then = at(context, -(last + Math.floor(random.uniform() * (first - last + 1))));
    if (found === null || does === 'waits') continue;
    const { token, optOutToken, messageId } = found;
    if (does === 'answers') {
      const answers = drawAnswers(random, drawTemperament(random, unit, wave.trend));
      await giveAnswers(then, token, answers);
    } else if (does === 'opens') await startAnswering(then, token);
    else if (does === 'declines' && optOutToken !== null) {
      await declineInvitation(then, { token: optOutToken, declines: true });
    } else if (does === 'bounces' && messageId !== null) await takeInReports(then, [{ messageId, status: '5.1.1' }]);
  }
}
