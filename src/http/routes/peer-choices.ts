import { Router } from 'express';
import type { Context } from '../../context';
import { choosePeers, type PeerForm } from '../../usecases/coordinator/choose-peers';
import { readPeers } from '../../usecases/coordinator/read-peers';
import { readFields } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { createWords } from '../pages/results/words';
import { createPeersFormView, listPeerFacts, readPeersForm } from '../pages/waves/peers-form';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { submitForm, type ShownFault } from '../submit-form';

const unprocessable = 422;

/** Choosing the groups of organisations that a wave is compared with, and what they are since it opened. */
export function peerChoiceRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/grupper', (request, response) =>
    showPeers(context, { request, response }, request.params.wave),
  );
  router.post('/runder/:wave/grupper', async (request, response) => {
    const waveKey = request.params.wave;
    const form = readPeersForm(readFields(request.body));
    await submitForm(response, {
      submit: async () => {
        await choosePeers(context, response.locals.actor, { waveKey, form });
        return `/runder/${encodeURIComponent(waveKey)}/grupper?lagret=1`;
      },
      showAgain: (faults) => showPeers(context, { request, response }, waveKey, { faults, form }),
    });
  });
  return router;
}

async function showPeers(
  context: Context,
  { request, response }: Exchange,
  waveKey: string,
  trouble?: { readonly faults: readonly ShownFault[]; readonly form: PeerForm },
): Promise<void> {
  const { actor, language } = response.locals;
  const peers = await readPeers(context, actor, { waveKey });
  const { wave } = peers;
  const words = createWords(language);
  renderPage(
    { request, response },
    'waves/peers',
    {
      title: words.t('peers.title', { period: wave.period.replace('-', '–') }),
      isDemo: wave.isDemo,
      status: trouble === undefined ? 200 : unprocessable,
    },
    {
      tabs: createWaveTabs({ actor, networkId: wave.networkId, waveKey, current: 'peers' }, words),
      networkName: wave.networkName,
      path: `/runder/${encodeURIComponent(wave.key)}`,
      peers: createPeersFormView(peers, trouble?.form ?? null, words),
      facts: listPeerFacts(peers, words),
      isSaved: request.query['lagret'] === '1',
      faults: trouble?.faults ?? [],
    },
  );
}
