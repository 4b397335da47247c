import { createWords } from '../../../src/http/pages/results/words';
import { createJobView, describeJobProgress } from '../../../src/http/pages/waves/wave-job';
import { languages } from '../../../src/domain/languages';

const running = { step: 'release', state: 'running', phase: 'reading', done: 0, total: 0, error: null } as const;
const words = createWords('nb');

test('reading and computing are told in whole per cent, rounded down, and the beginning is told without', () => {
  expect(describeJobProgress({ ...running, done: 999, total: 1000 }, words)).toEqual({
    text: 'Leser svarene: 99 prosent.',
    percent: 99,
  });
  expect(describeJobProgress({ ...running, phase: 'computing', done: 2, total: 3 }, words)).toEqual({
    text: 'Beregner tall og skjuler små grupper: 66 prosent.',
    percent: 66,
  });
  expect(describeJobProgress(running, words)).toEqual({ text: 'Begynner å lese svarene.', percent: null });
  expect(describeJobProgress({ ...running, state: 'waiting' }, words).text).toBe('Venter på å begynne.');
});

test.each(languages)('a failure says what happened, what to do and that nothing has changed, in %s', (language) => {
  const own = createWords(language);
  const error = { code: 'too_few_responses', values: {} };
  const view = createJobView({ ...running, state: 'failed', error }, '/runder/x', own);
  expect(view.isUnderWay).toBe(false);
  expect(view.sentences).toEqual([
    own.t('error.too_few_responses'),
    own.t('error.too_few_responses.help'),
    own.t('wave.job.release.unchanged'),
  ]);
});

test('a code that the texts do not know gives no empty sentence', () => {
  const error = { code: 'of-another-version', values: {} };
  expect(createJobView({ ...running, state: 'failed', error }, '/runder/x', words).sentences).toEqual([
    words.t('wave.job.release.unchanged'),
  ]);
});
