import { waveStates, type WaveState } from '../../../domain/fieldwork/types';
import { expectedResponseRate, type FieldworkCount, type WaveOverview } from '../../../usecases/coordinator/read-wave';
import { formatCount, formatDate } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import { nameCategory, type Words } from '../results/words';
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

interface CountRow {
  readonly name: string;
  readonly invited: string;
  readonly opened: string | null;
  readonly answered: string;
  readonly rate: string;
}

export interface WaveView {
  readonly title: string;
  readonly isDemo: boolean;
  readonly network: string;
  readonly state: WaveState;
  readonly stateText: string;
  readonly stateSentence: string;
  readonly facts: readonly Fact[];
  readonly job: JobView | null;
  readonly steps: readonly StepView[];
  /** Null while something is being done to the wave. */
  readonly participation: {
    readonly help: string;
    readonly hasOpened: boolean;
    /** False before anybody can answer. */
    readonly hasAnswered: boolean;
    readonly rows: readonly CountRow[];
    readonly total: CountRow | null;
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
    job: job === null ? null : createJobView(job, path, words),
    steps: steps.map((step) => createStep(step, overview, { path, words })),
    participation: createParticipation(overview, words),
    forecast: createForecast(overview, words),
    comparison: overview.canSeeResults ? `${path}/sammenligning` : null,
  };
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

function createParticipation(overview: WaveOverview, words: Words): WaveView['participation'] {
  const { wave, isUnderWay, minimumCellSize, organisations, total } = overview;
  if (isUnderWay) return null;
  return {
    help: words.t('wave.participation.help', { count: minimumCellSize }),
    hasOpened: wave.state === 'open',
    hasAnswered: wave.state !== 'draft',
    rows: organisations.map((count) => createCountRow(count.name, count, words)),
    total: total === null ? null : createCountRow(words.t('wave.total'), total, words),
  };
}

function createCountRow(name: string, count: FieldworkCount, words: Words): CountRow {
  const { invited, opened, answered, eligible } = count;
  return {
    name,
    invited: formatCount(words.language, invited),
    opened: opened === null ? null : formatCount(words.language, opened),
    answered: formatCount(words.language, answered),
    rate: eligible === 0 ? '–' : words.t('results.percent', { value: Math.round((answered / eligible) * 100) }),
  };
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
