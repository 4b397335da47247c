import type { WaveState } from '../../../domain/fieldwork/types';
import { countDaysBetween } from '../../../domain/fieldwork/wave-state';
import type { CalendarNetwork, CalendarRate, CalendarWave } from '../../../usecases/coordinator/read-calendar';
import { formatDate } from '../format-date';
import type { Words } from '../results/words';

/** One wave as the list shows it. */
export interface CalendarWaveView {
  readonly title: string;
  readonly state: WaveState;
  readonly stateText: string;
  /** Dates in the order in which they come, and how long there is left. */
  readonly when: readonly string[];
  readonly rate: { readonly text: string; readonly percent: number; readonly target: number | null } | null;
  readonly membersTitle: string;
  readonly members: readonly { readonly name: string; readonly rate: string | null }[];
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

export interface CalendarView {
  readonly isDemo: boolean;
  readonly networks: readonly { readonly name: string; readonly waves: readonly CalendarWaveView[] }[];
}

/**
 * Turns the calendar into the words of its page.
 * @param networks what the reader has to do with
 * @param today YYYY-MM-DD
 * @param words words of the reader's language
 */
export function createCalendarView(networks: readonly CalendarNetwork[], today: string, words: Words): CalendarView {
  return {
    isDemo: networks.some(({ isDemo }) => isDemo),
    networks: networks.map(({ name, waves }) => ({
      name,
      waves: waves.map((wave) => createWave(wave, today, words)),
    })),
  };
}

function createWave({ wave, ...rest }: CalendarWave, today: string, words: Words): CalendarWaveView {
  const { rate, target, members, canSeeFieldwork, canSeeResults } = rest;
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  return {
    title: wave.period.replace('-', '–'),
    state: wave.state,
    stateText: words.t(`wave.state.${wave.state}`),
    when: listDates(wave, today, words),
    rate:
      rate === null || rate.eligible === 0 ? null : { text: sayRate(rate, words), percent: percentOf(rate), target },
    membersTitle: words.t(`calendar.members.${wave.state}`, { count: members.length }),
    members: members.map((member) => ({
      name: member.name,
      rate: member.rate === null || member.rate.eligible === 0 ? null : sayRate(member.rate, words),
    })),
    links: [
      ...(canSeeFieldwork ? [{ href: path, text: words.t('networks.fieldwork') }] : []),
      ...(canSeeFieldwork && wave.state !== 'draft'
        ? [{ href: `${path}/deltakelse`, text: words.t('wave.tab.participation') }]
        : []),
      ...(canSeeResults ? [{ href: `${path}/sammenligning`, text: words.t('networks.comparison') }] : []),
    ],
  };
}

function listDates({ state, ...wave }: CalendarWave['wave'], today: string, words: Words): readonly string[] {
  const say = (name: 'opened' | 'planned' | 'closed' | 'released', day: string | null): readonly string[] =>
    day === null ? [] : [words.t(`calendar.${name}`, { date: formatDate(words.language, day) })];
  if (state === 'draft') return say('planned', wave.closesOn);
  const deadline =
    state === 'open' && wave.closesOn !== null
      ? [
          words.t(countDaysBetween(today, wave.closesOn) < 0 ? 'board.deadline.passed' : 'board.deadline.value', {
            date: formatDate(words.language, wave.closesOn),
            days: countDaysBetween(today, wave.closesOn),
          }),
        ]
      : [];
  const lastly = deadline.map((text) => `${words.t('board.deadline')}: ${text}`);
  return [
    ...say('opened', wave.openedOn),
    ...lastly,
    ...say('closed', wave.closedOn),
    ...say('released', wave.releasedOn),
  ];
}

function percentOf({ answered, eligible }: CalendarRate): number {
  return Math.round((answered / eligible) * 100);
}

function sayRate(rate: CalendarRate, words: Words): string {
  return words.t('results.percent', { value: percentOf(rate) });
}
