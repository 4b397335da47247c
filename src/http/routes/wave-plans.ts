import { Router } from 'express';
import type { Context } from '../../context';
import type { WavePlanForm } from '../../domain/fieldwork/read-wave-plan';
import { moveDeadline } from '../../usecases/coordinator/move-deadline';
import { changeWavePlan, planNewWave } from '../../usecases/coordinator/plan-wave';
import { readNewWave, readWavePlanOf } from '../../usecases/coordinator/read-wave-plan';
import { readFields } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { createNetworkTabs } from '../pages/networks/network-tabs';
import { createWords } from '../pages/results/words';
import { createPlanFormView, fillPlan, readPlanForm, suggestPlan } from '../pages/waves/wave-plan-form';
import { listFixedFacts } from '../pages/waves/wave-settings';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { submitForm, type ShownFault } from '../submit-form';

const unprocessable = 422;

/** What a form had in it when something was wrong. */
interface Trouble<Form> {
  readonly faults: readonly ShownFault[];
  readonly form: Form;
}

/** Planning a wave: a new one, the settings of a draft, and the deadline of an open one. */
export function wavePlanRoutes(context: Context): Router {
  const router = Router();
  router.get('/nettverk/:network/ny-runde', (request, response) =>
    showNewWave(context, { request, response }, request.params.network),
  );
  router.post('/nettverk/:network/ny-runde', async (request, response) => {
    const networkKey = request.params.network;
    const body = readFields(request.body);
    const form = readPlanForm(body);
    const key = body.text('key');
    await submitForm(response, {
      submit: async () => {
        const waveKey = await planNewWave(context, response.locals.actor, { networkKey, key, form });
        return `/runder/${encodeURIComponent(waveKey)}`;
      },
      showAgain: (faults) =>
        showNewWave(context, { request, response }, networkKey, { faults, form: { ...form, key } }),
    });
  });
  router.get('/runder/:wave/innstillinger', (request, response) =>
    showSettings(context, { request, response }, request.params.wave),
  );
  router.post('/runder/:wave/innstillinger', async (request, response) => {
    const waveKey = request.params.wave;
    const form = readPlanForm(readFields(request.body));
    await submitForm(response, {
      submit: async () => {
        await changeWavePlan(context, response.locals.actor, { waveKey, form });
        return `/runder/${encodeURIComponent(waveKey)}/innstillinger?lagret=1`;
      },
      showAgain: (faults) => showSettings(context, { request, response }, waveKey, { faults, form }),
    });
  });
  router.post('/runder/:wave/frist', async (request, response) => {
    const waveKey = request.params.wave;
    const closesOn = readFields(request.body).text('closesOn');
    await submitForm(response, {
      submit: async () => {
        await moveDeadline(context, response.locals.actor, { waveKey, closesOn });
        return `/runder/${encodeURIComponent(waveKey)}/innstillinger?lagret=1`;
      },
      showAgain: (faults) => showSettings(context, { request, response }, waveKey, { faults, form: null, closesOn }),
    });
  });
  return router;
}

async function showNewWave(
  context: Context,
  { request, response }: Exchange,
  networkKey: string,
  trouble?: Trouble<WavePlanForm & { readonly key: string }>,
): Promise<void> {
  const choices = await readNewWave(context, response.locals.actor, { networkKey });
  const words = createWords(response.locals.language);
  const { network } = choices;
  const title = words.t('wave_form.new');
  renderPage(
    { request, response },
    'waves/new-wave',
    { title, isDemo: network.isDemo, status: trouble === undefined ? 200 : unprocessable },
    {
      network,
      tabs: createNetworkTabs({ networkKey: network.key, current: 'new_wave' }, words),
      form: createPlanFormView(trouble?.form ?? suggestPlan(choices), choices, words),
      key: trouble?.form.key ?? '',
      faults: trouble?.faults ?? [],
    },
  );
}

async function showSettings(
  context: Context,
  { request, response }: Exchange,
  waveKey: string,
  trouble?: Trouble<WavePlanForm | null> & { readonly closesOn?: string },
): Promise<void> {
  const { actor, language } = response.locals;
  const plan = await readWavePlanOf(context, actor, { waveKey });
  const words = createWords(language);
  const { wave, network } = plan;
  const isDraft = wave.state === 'draft';
  const period = wave.period.replace('-', '–');
  renderPage(
    { request, response },
    'waves/settings',
    {
      title: words.t('wave_settings.title', { period }),
      isDemo: network.isDemo,
      status: trouble === undefined ? 200 : unprocessable,
    },
    {
      tabs: createWaveTabs({ actor, networkId: wave.networkId, waveKey, current: 'settings' }, words),
      network,
      waveKey: wave.key,
      path: `/runder/${encodeURIComponent(wave.key)}`,
      form: isDraft ? createPlanFormView(trouble?.form ?? fillPlan(wave, plan), plan, words) : null,
      facts: isDraft ? [] : listFixedFacts(plan, words),
      deadline: wave.state === 'open' ? (trouble?.closesOn ?? wave.closesOn ?? '') : null,
      isSaved: request.query['lagret'] === '1',
      faults: trouble?.faults ?? [],
    },
  );
}
