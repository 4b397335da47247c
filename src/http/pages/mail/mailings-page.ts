import type { MailingOverview } from '../../../usecases/coordinator/read-mailings';
import { toDate } from '../../../domain/fieldwork/wave-state';
import type { TextKey } from '../../../texts/translate';
import { formatCount, formatDate } from '../format-date';
import type { Words } from '../results/words';

type Mailing = MailingOverview['mailings'][number];

/** Something that can be done to a mailing, with the form that does it. */
export interface StepView {
  readonly action: string;
  readonly button: string;
  /** What has to be confirmed first; null: it can be undone. */
  readonly warning: string | null;
}

/** One mailing in words. */
export interface MailingView {
  readonly name: string;
  readonly state: Mailing['state'];
  readonly stateText: string;
  /** What has gone wrong and what to do; null: nothing. */
  readonly fault: string | null;
  readonly progress: { readonly done: number; readonly total: number; readonly text: string } | null;
  readonly counts: readonly { readonly term: string; readonly count: string }[];
  readonly steps: readonly StepView[];
}

/** Everything the page of a wave's mail shows. */
export interface MailingsView {
  readonly title: string;
  readonly isDemo: boolean;
  readonly network: string;
  readonly path: string;
  /** Why nothing can be sent; null: it can. */
  readonly obstacle: string | null;
  readonly isFolder: boolean;
  readonly mailings: readonly MailingView[];
  readonly isSending: boolean;
  readonly next: {
    readonly heading: string;
    readonly sentence: string;
    readonly details: readonly string[];
    /** False: somebody has to wait for another mailing, or nobody is left. */
    readonly canSendNow: boolean;
    readonly canPlan: boolean;
    readonly button: string;
    readonly earliest: string;
    readonly latest: string | null;
  } | null;
  /** People without any mail, once the invitation has been sent; null: none. */
  readonly missing: string | null;
  readonly troubled: readonly { readonly unit: string; readonly organisation: string; readonly reason: string }[];
  readonly testText: string;
  readonly hasTested: boolean;
  readonly testAddress: string;
  /** Links and letters can be made while the wave is open. */
  readonly canHandOut: boolean;
  readonly withoutAddress: string | null;
}

const shownCounts = ['sent', 'waiting', 'deferred', 'refused', 'bounced', 'skipped'] as const;

function nameMailing(number: number, words: Words): string {
  return number === 0 ? words.t('mailing.name.invitation') : words.t('mailing.name.reminder', { number });
}

/**
 * Turns how the mail of a wave stands into the words of its page.
 * @param overview mailings and whom they concern
 * @param today YYYY-MM-DD
 * @param words words of the reader's language
 */
export function createMailingsView(overview: MailingOverview, today: string, words: Words): MailingsView {
  const { wave, network, mailKind, mailings, audience, testMailReceivedOn } = overview;
  const path = `/runder/${encodeURIComponent(wave.key)}/utsending`;
  const count = (value: number): string => formatCount(words.language, value);
  const isUnderWay = mailings.some(({ state }) => state === 'sending' || state === 'paused');
  const isSending = mailings.some(({ state }) => state === 'sending');
  const hasInvited = mailings.some(({ number, state }) => number === 0 && state !== 'planned');
  const canSend = mailKind !== null && wave.state === 'open';
  return {
    title: words.t('mailing.title', { period: wave.period.replace('-', '–') }),
    isDemo: network.isDemo,
    network: network.name,
    path,
    obstacle: findObstacle(overview, words),
    isFolder: mailKind === 'folder',
    mailings: mailings.map((mailing) => createMailingView(mailing, { path, words, isOpen: wave.state === 'open' })),
    isSending,
    next: canSend && !isSending ? createNext(overview, { today, words, isUnderWay }) : null,
    missing:
      canSend && hasInvited && !isUnderWay && audience.first > 0
        ? words.t('mailing.missing.sentence', { count: audience.first })
        : null,
    troubled: overview.troubled.map(({ unit, unitName, organisationName, state, replyCode }) => ({
      unit: unitName ?? unit,
      organisation: organisationName,
      reason: [
        words.t(`mailing.item.${state}`),
        ...(replyCode === null || state === 'bounced' ? [] : [`(${replyCode})`]),
      ].join(' '),
    })),
    testText:
      testMailReceivedOn === null
        ? words.t('mailing.test.never')
        : words.t('mailing.test.received', { date: formatDate(words.language, testMailReceivedOn) }),
    hasTested: testMailReceivedOn !== null,
    testAddress: overview.ownAddress ?? '',
    canHandOut: wave.state === 'open',
    withoutAddress:
      audience.withoutAddress === 0
        ? null
        : words.t('mailing.without_address', { count: audience.withoutAddress, shown: count(audience.withoutAddress) }),
  };
}

function findObstacle({ wave, network, mailKind }: MailingOverview, words: Words): string | null {
  if (mailKind === null) return words.t(network.isDemo ? 'mailing.obstacle.demo' : 'mailing.obstacle.no_mail');
  return wave.state === 'open' ? null : words.t(`mailing.obstacle.${wave.state}`);
}

function describeTime(mailing: Mailing, words: Words): string {
  const { state, plannedOn, startedAt } = mailing;
  if (state === 'planned') {
    if (plannedOn === null) return words.t('mailing.state.planned_without_day');
    return words.t('mailing.state.planned', { date: formatDate(words.language, plannedOn) });
  }
  const date = startedAt === null ? '' : formatDate(words.language, startedAt);
  return words.t(`mailing.state.${state}` satisfies TextKey, { date });
}

function describeFault({ state, plannedOn, fault, resumeAt }: Mailing, words: Words): string | null {
  if (state === 'planned' && plannedOn === null) return words.t('mailing.fault.restored_plan');
  if (fault === null) return null;
  const text = words.t(`mailing.fault.${fault}` satisfies TextKey);
  if (resumeAt === null) return text;
  const format = new Intl.DateTimeFormat('nb-NO', { timeStyle: 'short', timeZone: 'Europe/Oslo' });
  return `${text} ${words.t('mailing.fault.resumes', { time: format.format(resumeAt) })}`;
}

interface MailingFrame {
  readonly path: string;
  readonly words: Words;
  readonly isOpen: boolean;
}

function createMailingView(mailing: Mailing, { path, words, isOpen }: MailingFrame): MailingView {
  const { counts, state, number } = mailing;
  const total = shownCounts.reduce((sum, name) => sum + counts[name], 0);
  const done = total - counts.waiting - counts.deferred;
  const isUnderWay = state === 'sending' || state === 'paused';
  const values = { done: formatCount(words.language, done), total: formatCount(words.language, total) };
  return {
    name: nameMailing(number, words),
    state,
    stateText: describeTime(mailing, words),
    fault: describeFault(mailing, words),
    progress: isUnderWay ? { done, total, text: words.t('mailing.progress', values) } : null,
    counts: shownCounts
      .filter((name) => counts[name] > 0)
      .map((name) => ({
        term: words.t(`mailing.count.${name}`),
        count: formatCount(words.language, counts[name]),
      })),
    steps: isOpen ? listSteps(mailing, { address: `${path}/${number}`, words }) : [],
  };
}

function listSteps({ state }: Mailing, { address, words }: { address: string; words: Words }): readonly StepView[] {
  const pause = { action: `${address}/stans`, button: words.t('mailing.step.pause'), warning: null };
  const resume = { action: `${address}/fortsett`, button: words.t('mailing.step.continue'), warning: null };
  const cancel = {
    action: `${address}/avbryt`,
    button: words.t('mailing.step.cancel'),
    warning: words.t(state === 'planned' ? 'mailing.step.cancel_planned' : 'mailing.step.cancel_warning'),
  };
  if (state === 'sending') return [pause, cancel];
  if (state === 'paused') return [resume, cancel];
  return state === 'planned' ? [cancel] : [];
}

interface NextFrame {
  readonly today: string;
  readonly words: Words;
  readonly isUnderWay: boolean;
}

function createNext(
  { next, audience, mailings, wave }: MailingOverview,
  { today, words, isUnderWay }: NextFrame,
): MailingsView['next'] {
  if (next === null) return null;
  const count = (value: number): string => formatCount(words.language, value);
  const isReminder = next > 0;
  const isPlanned = mailings.some(({ state }) => state === 'planned');
  const left = [
    { key: 'mailing.audience.answered', value: audience.answered },
    { key: 'mailing.audience.declined', value: audience.declined },
    { key: 'mailing.audience.undeliverable', value: audience.undeliverable },
    { key: 'mailing.audience.other', value: audience.other },
  ] as const;
  const isSameDay = mailings.some(({ startedAt }) => startedAt !== null && toDate(startedAt) === today);
  const first = isReminder && audience.first > 0 ? [words.t('mailing.audience.first', { count: audience.first })] : [];
  return {
    heading: nameMailing(next, words),
    sentence: words.t('mailing.audience.ready', { count: audience.ready, shown: count(audience.ready) }),
    details: [
      ...(isSameDay ? [words.t('mailing.audience.same_day')] : []),
      ...first,
      ...left.flatMap(({ key, value }) => (value === 0 ? [] : [words.t(key, { count: value, shown: count(value) })])),
    ],
    canSendNow: audience.ready > 0 && !isUnderWay && !isPlanned,
    canPlan: audience.ready > 0,
    button: words.t('mailing.send', { name: nameMailing(next, words).toLowerCase(), shown: count(audience.ready) }),
    earliest: today,
    latest: wave.closesOn,
  };
}
