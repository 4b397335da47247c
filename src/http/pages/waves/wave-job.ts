import { isTextKey } from '../../../texts/translate';
import type { WaveOverview } from '../../../usecases/coordinator/read-wave';
import type { Words } from '../results/words';

type Job = NonNullable<WaveOverview['job']>;

/** How far a job has come, in words and as a share. */
export interface JobProgress {
  readonly text: string;
  /** Whole per cent; null when it cannot be known. */
  readonly percent: number | null;
}

/** What the page says about closing or releasing that was asked for. */
export interface JobView {
  readonly isUnderWay: boolean;
  readonly title: string;
  /** Sentences in order. */
  readonly sentences: readonly string[];
  readonly progress: JobProgress;
  /** Where the script of the page asks again. */
  readonly address: string;
}

/**
 * Says how far a job has come.
 * @param job step, state and how far it has come
 * @param words words of the reader's language
 */
export function describeJobProgress(
  job: Pick<Job, 'step' | 'state' | 'phase' | 'done' | 'total'>,
  words: Words,
): JobProgress {
  if (job.state !== 'running') return { text: words.t('wave.job.waiting'), percent: null };
  if (job.step === 'close') return { text: words.t('wave.job.close.running'), percent: null };
  if (job.total === 0) return { text: words.t('wave.job.release.begun'), percent: null };
  const percent = Math.floor((100 * job.done) / job.total);
  return { text: words.t(`wave.job.release.${job.phase}`, { percent }), percent };
}

/**
 * Turns a job into the words of the wave's page.
 * @param job the job
 * @param path address of the wave's page
 * @param words words of the reader's language
 */
export function createJobView(job: Job, path: string, words: Words): JobView {
  const isUnderWay = job.state !== 'failed';
  return {
    isUnderWay,
    title: words.t(`wave.job.${job.step}.${isUnderWay ? 'title' : 'failed'}`),
    sentences: isUnderWay ? [words.t('wave.job.may_leave')] : describeFailure(job, words),
    progress: describeJobProgress(job, words),
    address: `${path}/fremdrift`,
  };
}

function describeFailure({ error, step }: Job, words: Words): readonly string[] {
  const read = (suffix: string): readonly string[] => {
    const key = `error.${error?.code ?? 'unexpected'}${suffix}`;
    return isTextKey(key) ? [words.t(key, error?.values ?? {})] : [];
  };
  return [...read(''), ...read('.help'), words.t(`wave.job.${step}.unchanged`)];
}
