import { waveStates, type WaveState } from '../../../domain/fieldwork/types';
import { expectedResponseRate, type FieldworkCount, type WaveOverview } from '../../../usecases/coordinator/read-wave';
import { formatCount, formatDate } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import { nameCategory, type Words } from '../results/words';
import { formatMoment } from './release-panel';
import { createJobView, type JobView } from './wave-job';

/** Path of each step's form and the state that it leads to. */
const steps = [
  { name: 'open', path: 'apne', to: 'open' },
  { name: 'close', path: 'steng', to: 'closed' },
  { name: 'release', path: 'frigi', to: 'released' },
] as const;

export interface StepView {
  readonly name: (typeof steps)[number]['name'];
  readonly status: 'done' | 'now' | 'later';
  readonly title: string;
  readonly help: string;
  /** Day on which it was done. */
  readonly date: string | null;
  /** What has to be confirmed; null when it is not this step's turn or the actor may not. */
  readonly form: {
    readonly action: string;
    readonly open: string;
    readonly warning: string;
    readonly button: string;
  } | null;
}

export interface WaveView {
  readonly title: string;
  readonly isDemo: boolean;
  readonly network: string;
  readonly state: WaveState;
  readonly stateText: string;
  readonly stateSentence: string;
  readonly facts: readonly Fact[];
  /** That the deadline has passed and the wave still takes answers; null otherwise. */
  readonly overdue: string | null;
  /** Who sees the released figures, and from when; null before the release. */
  readonly released: string | null;
  readonly job: JobView | null;
  readonly steps: readonly StepView[];
  /** In one sentence; null before anybody can answer, and while something is being done to the wave. */
  readonly participation: { readonly summary: string; readonly href: string } | null;
  /** Where the invited are written to, for those who run an open wave; null otherwise. */
  readonly mail: {
    readonly summary: string;
    readonly href: string;
    readonly button: string;
    readonly isDone: boolean;
  } | null;
  readonly forecast: {
    readonly help: string;
    readonly summary: string;
    readonly rows: readonly { readonly group: string; readonly invited: string; readonly expected: string }[];
  } | null;
  readonly comparison: string | null;
}

/**
 * Turns the overview of a wave into the words of its page.
 * @param overview counts and promises of the wave
 * @param words words of the reader's language
 */
export function createWaveView(overview: WaveOverview, words: Words): WaveView {
  const { wave, network, job } = overview;
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  return {
    title: words.t('wave.title', { period: wave.period.replace('-', '–') }),
    isDemo: network.isDemo,
    network: network.name,
    state: wave.state,
    stateText: words.t(`wave.state.${wave.state}`),
    stateSentence: words.t(`wave.state_now.${wave.state}`),
    facts: listFacts(overview, words),
    overdue: describeDeadline(overview, words),
    released: describeRelease(overview, words),
    job: job === null ? null : createJobView(job, path, words),
    steps: steps.map((step) => createStep(step, overview, { path, words })),
    participation: createParticipation(overview, path, words),
    mail: createMailPart(overview, path, words),
    forecast: createForecast(overview, words),
    comparison: overview.canSeeResults ? `${path}/sammenligning` : null,
  };
}

function describeDeadline({ wave, isOverdue }: WaveOverview, words: Words): string | null {
  if (!isOverdue || wave.closesOn === null) return null;
  return words.t('wave.overdue', { date: formatDate(words.language, wave.closesOn) });
}

function describeRelease({ release }: WaveOverview, words: Words): string | null {
  if (release === null) return null;
  const { isPublic, heldBackUntil } = release;
  return words.t(isPublic ? 'wave.released.public' : 'wave.released.network', {
    hasEmbargo: heldBackUntil === null ? 'no' : 'yes',
    time: heldBackUntil === null ? '' : formatMoment(heldBackUntil, words),
  });
}

function listFacts({ wave, instrument, minimumCellSize }: WaveOverview, words: Words): readonly Fact[] {
  const date = (day: string | null): string =>
    day === null ? words.t('wave.no_date') : formatDate(words.language, day);
  return [
    {
      term: words.t('wave.instrument'),
      text: words.t('wave.instrument_value', { title: words.pick(instrument.title), version: instrument.version }),
    },
    { term: words.t('wave.level'), text: words.t(`wave.level.${wave.anonymityLevel}`) },
    { term: words.t('wave.k'), text: words.t('wave.k_value', { count: minimumCellSize }) },
    { term: words.t('wave.closes_on'), text: date(wave.closesOn) },
  ];
}

function createStep(
  step: (typeof steps)[number],
  { wave, canManage, isUnderWay }: WaveOverview,
  { path, words }: { readonly path: string; readonly words: Words },
): StepView {
  const ahead = waveStates.indexOf(step.to) - waveStates.indexOf(wave.state);
  const days = { open: wave.openedOn, close: wave.closedOn, release: wave.releasedOn };
  const day = days[step.name];
  return {
    name: step.name,
    status: ahead <= 0 ? 'done' : ahead === 1 ? 'now' : 'later',
    title: words.t(`wave.step.${step.name}`),
    help: words.t(`wave.step.${step.name}.help`),
    date: day === null ? null : formatDate(words.language, day),
    form:
      canManage && ahead === 1 && !isUnderWay
        ? {
            action: `${path}/${step.path}`,
            open: words.t(`wave.step.${step.name}.confirm`),
            warning: words.t(`wave.step.${step.name}.warning`),
            button: words.t(`wave.step.${step.name}.button`),
          }
        : null,
  };
}

function createMailPart(overview: WaveOverview, path: string, words: Words): WaveView['mail'] {
  const { wave, canManage, isUnderWay, hasInvited } = overview;
  if (wave.state !== 'open' || !canManage || isUnderWay) return null;
  const state = hasInvited ? 'sent' : 'none';
  return {
    summary: words.t(`wave.mail.${state}`),
    href: `${path}/utsending`,
    button: words.t(`wave.mail.${state}.button`),
    isDone: hasInvited,
  };
}

function createParticipation(overview: WaveOverview, path: string, words: Words): WaveView['participation'] {
  const { wave, isUnderWay, minimumCellSize, organisations, total } = overview;
  if (isUnderWay || wave.state === 'draft') return null;
  const counts = total === null ? organisations : [total];
  const sum = (read: (count: FieldworkCount) => number): number =>
    counts.reduce((soFar, count) => soFar + read(count), 0);
  const eligible = sum((count) => count.eligible);
  const answered = sum((count) => count.answered);
  const summary =
    eligible === 0
      ? words.t('board.none', { count: minimumCellSize })
      : words.t('board.summary', {
          answered: formatCount(words.language, answered),
          eligible: formatCount(words.language, eligible),
          rate: words.t('results.percent', { value: Math.round((answered / eligible) * 100) }),
          count: eligible,
        });
  return { summary, href: `${path}/deltakelse` };
}

function createForecast({ forecast, minimumCellSize }: WaveOverview, words: Words): WaveView['forecast'] {
  if (forecast === null) return null;
  const values = { rate: Math.round(expectedResponseRate * 100), count: minimumCellSize };
  return {
    help: words.t('wave.forecast.help', values),
    summary:
      forecast.length === 0
        ? words.t('wave.forecast.none')
        : words.t('wave.forecast.summary', { hidden: forecast.length }),
    rows: forecast.map(({ organisationName, sector, invitedCount, expectedValidCount }) => ({
      group: `${organisationName}, ${sector === null ? words.t('wave.forecast.whole') : nameCategory(words, 'sector', sector).toLowerCase()}`,
      invited: formatCount(words.language, invitedCount),
      expected: formatCount(words.language, expectedValidCount),
    })),
  };
}
