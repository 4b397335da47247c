import { Router } from 'express';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import { readWavePrivacy } from '../../usecases/coordinator/read-wave-privacy';
import { saveOrganisationPrivacy, saveWavePrivacy } from '../../usecases/coordinator/save-wave-privacy';
import { readFields } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { createWords } from '../pages/results/words';
import {
  createOrganisationPrivacyView,
  createPrivacyView,
  readOrganisationForm,
  readPrivacyForm,
  type OrganisationFormTrouble,
  type PrivacyFormTrouble,
} from '../pages/waves/privacy-page';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { submitForm } from '../submit-form';

const unprocessable = 422;

/** The privacy set-up of a wave: its own part, and one part for every organisation. */
export function wavePrivacyRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/personvern', (request, response) =>
    showPrivacy(context, { request, response }, request.params.wave),
  );
  router.post('/runder/:wave/personvern', async (request, response) => {
    const waveKey = request.params.wave;
    const form = readPrivacyForm(readFields(request.body));
    await submitForm(response, {
      submit: async () => {
        await saveWavePrivacy(context, response.locals.actor, { waveKey, form });
        return `/runder/${encodeURIComponent(waveKey)}/personvern?lagret=1`;
      },
      showAgain: (faults) => showPrivacy(context, { request, response }, waveKey, { faults, form }),
    });
  });
  router.get('/runder/:wave/personvern/:organisation', (request, response) =>
    showOrganisation(context, { request, response }, request.params),
  );
  router.post('/runder/:wave/personvern/:organisation', async (request, response) => {
    const { wave: waveKey, organisation: organisationKey } = request.params;
    const form = readOrganisationForm(readFields(request.body));
    await submitForm(response, {
      submit: async () => {
        await saveOrganisationPrivacy(context, response.locals.actor, { waveKey, organisationKey, form });
        return `/runder/${encodeURIComponent(waveKey)}/personvern?lagret=1#organisasjoner`;
      },
      showAgain: (faults) => showOrganisation(context, { request, response }, request.params, { faults, form }),
    });
  });
  return router;
}

async function showPrivacy(
  context: Context,
  { request, response }: Exchange,
  waveKey: string,
  trouble?: PrivacyFormTrouble,
): Promise<void> {
  const { actor, language } = response.locals;
  const setup = await readWavePrivacy(context, actor, { waveKey });
  const words = createWords(language);
  const { networkId } = setup.wave;
  renderPage(
    { request, response },
    'waves/privacy',
    {
      title: words.t('privacy.title', { period: setup.wave.period.replace('-', '–') }),
      status: trouble === undefined ? 200 : unprocessable,
      isDemo: setup.wave.isDemo,
    },
    {
      tabs: createWaveTabs({ actor, networkId, waveKey, current: 'privacy' }, words),
      network: setup.wave.networkName,
      view: createPrivacyView(setup, trouble, words),
      isSaved: request.query['lagret'] === '1',
      faults: trouble?.faults ?? [],
    },
  );
}

async function showOrganisation(
  context: Context,
  { request, response }: Exchange,
  keys: { readonly wave: string; readonly organisation: string },
  trouble?: OrganisationFormTrouble,
): Promise<void> {
  const { actor, language } = response.locals;
  const setup = await readWavePrivacy(context, actor, { waveKey: keys.wave });
  const member = setup.members.find(({ key }) => key === keys.organisation);
  if (member === undefined) throw new AppError('not_found');
  const words = createWords(language);
  const { networkId } = setup.wave;
  renderPage(
    { request, response },
    'waves/privacy-organisation',
    {
      title: words.t('privacy.organisation.title', { organisation: member.name }),
      status: trouble === undefined ? 200 : unprocessable,
      isDemo: setup.wave.isDemo,
    },
    {
      tabs: createWaveTabs({ actor, networkId, waveKey: keys.wave, current: 'privacy' }, words),
      network: setup.wave.networkName,
      view: createOrganisationPrivacyView(setup, member, trouble),
      faults: trouble?.faults ?? [],
    },
  );
}
