import { Router } from 'express';
import type { Context } from '../../context';
import { openWave } from '../../usecases/coordinator/open-wave';
import { readReadiness } from '../../usecases/coordinator/read-readiness';
import { readReleasePlan } from '../../usecases/coordinator/read-release-plan';
import { readReleases } from '../../usecases/coordinator/read-releases';
import { readWave } from '../../usecases/coordinator/read-wave';
import { readWaveHistory } from '../../usecases/coordinator/read-wave-history';
import { readWaveStep } from '../../usecases/coordinator/read-wave-step';
import { requestClosing } from '../../usecases/coordinator/request-closing';
import { renderPage, type Exchange } from '../page';
import { createWords } from '../pages/results/words';
import { createReadinessList } from '../pages/waves/readiness-list';
import { createCorrections } from '../pages/waves/corrections';
import { createReleasePanel } from '../pages/waves/release-panel';
import { createHistory } from '../pages/waves/wave-history';
import { describeJobProgress } from '../pages/waves/wave-job';
import { createWaveView } from '../pages/waves/wave-page';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { seeOther } from '../see-other';
import { submitForm } from '../submit-form';
import { addReleaseRoutes, type WavePageTrouble } from './releases';

/** The coordinator's page of a wave, and the steps that take it from draft to released figures. */
export function waveRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave', (request, response) => showWave(context, { request, response }, request.params.wave));
  router.get('/runder/:wave/fremdrift', async (request, response) => {
    const job = await readWaveStep(context, response.locals.actor, { waveKey: request.params.wave });
    response.json(job === null ? null : describeJobProgress(job, createWords(response.locals.language)));
  });
  router.post('/runder/:wave/apne', async (request, response) => {
    const waveKey = request.params.wave;
    await submitForm(response, {
      submit: async () => {
        await openWave(context, response.locals.actor, { waveKey });
        return `/runder/${encodeURIComponent(waveKey)}`;
      },
      showAgain: (faults) => showWave(context, { request, response }, waveKey, { faults, status: 409 }),
    });
  });
  router.post('/runder/:wave/steng', async (request, response) => {
    const waveKey = request.params.wave;
    await requestClosing(context, response.locals.actor, { waveKey });
    seeOther(response, `/runder/${encodeURIComponent(waveKey)}`);
  });
  addReleaseRoutes(router, context, showWave);
  return router;
}

async function showWave(
  context: Context,
  { request, response }: Exchange,
  waveKey: string,
  trouble: WavePageTrouble = { faults: [], status: 200 },
): Promise<void> {
  const { actor, language } = response.locals;
  const overview = await readWave(context, actor, { waveKey });
  const words = createWords(language);
  const { networkId } = overview.wave;
  const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'overview' }, words);
  const view = createWaveView(overview, words);
  const { title, isDemo } = view;
  const isUnderWay = view.job?.isUnderWay === true;
  const options = { title, isDemo, status: trouble.status };
  renderPage(
    { request, response },
    'waves/wave',
    isUnderWay ? { ...options, scripts: ['build/wave-job'], refreshSeconds: 5 } : options,
    {
      view,
      tabs,
      faults: trouble.faults,
      manage: overview.canManage ? await describeManaging(context, { request, response }, overview, trouble) : null,
    },
  );
}

/** What only those who run the wave see: what is missing, how it can be released, who did what. */
async function describeManaging(
  context: Context,
  { response }: Exchange,
  { wave, networkKey, isUnderWay }: Awaited<ReturnType<typeof readWave>>,
  { chosen }: WavePageTrouble,
) {
  const { actor, language } = response.locals;
  const words = createWords(language);
  const input = { waveKey: wave.key };
  const isReleased = wave.state === 'released';
  const canRelease = (isReleased || wave.state === 'closed') && !isUnderWay;
  const [checks, plan, releases, events] = await Promise.all([
    isUnderWay ? [] : readReadiness(context, actor, input),
    canRelease ? readReleasePlan(context, actor, input) : null,
    isReleased ? readReleases(context, actor, input) : null,
    readWaveHistory(context, actor, input),
  ]);
  const release = plan === null ? null : createReleasePanel(plan, chosen ?? null, words);
  return {
    checks: createReadinessList(checks, { waveKey: wave.key, networkKey }, words),
    isReady: checks.every(({ status }) => status !== 'missing'),
    release,
    corrections: releases === null ? null : createCorrections(wave.key, { ...releases, panel: release }, words),
    history: createHistory(events, words),
  };
}
