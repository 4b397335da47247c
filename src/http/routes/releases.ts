import type { Router } from 'express';
import type { Context } from '../../context';
import { approveRelease, declineRelease } from '../../usecases/coordinator/decide-release';
import { requestCorrection } from '../../usecases/coordinator/request-correction';
import { requestRelease } from '../../usecases/coordinator/request-release';
import { readFields } from '../form-fields';
import type { Exchange } from '../page';
import type { ChosenRelease } from '../pages/waves/release-panel';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const unprocessable = 422;

/** What a form of the page had in it when something was wrong. */
export interface WavePageTrouble {
  readonly faults: readonly ShownFault[];
  readonly status: number;
  readonly chosen?: ChosenRelease;
}

type ShowWave = (context: Context, exchange: Exchange, waveKey: string, trouble?: WavePageTrouble) => Promise<void>;

/**
 * Asking for a release or a correction, and what a second person says to it.
 * @param router takes the routes
 * @param context the process' context
 * @param showWave draws the wave's page with what was wrong
 */
export function addReleaseRoutes(router: Router, context: Context, showWave: ShowWave): void {
  router.post('/runder/:wave/frigi', async (request, response) => {
    const waveKey = request.params.wave;
    const body = readFields(request.body);
    const chosen = { visibility: body.text('visibility') || 'network', embargo: body.text('embargo') };
    await submitForm(response, {
      submit: async () => {
        await requestRelease(context, response.locals.actor, { waveKey, ...chosen });
        return `/runder/${encodeURIComponent(waveKey)}`;
      },
      showAgain: (faults) =>
        showWave(context, { request, response }, waveKey, { faults, status: unprocessable, chosen }),
    });
  });
  router.post('/runder/:wave/rett', async (request, response) => {
    const waveKey = request.params.wave;
    const body = readFields(request.body);
    const chosen = {
      visibility: body.text('visibility') || 'network',
      embargo: body.text('embargo'),
      correction: body.text('correction'),
      k: body.text('k'),
    };
    const form = { waveKey, release: body.text('release'), reason: chosen.correction, ...chosen };
    await submitForm(response, {
      submit: async () => {
        await requestCorrection(context, response.locals.actor, form);
        return `/runder/${encodeURIComponent(waveKey)}`;
      },
      showAgain: (faults) =>
        showWave(context, { request, response }, waveKey, { faults, status: unprocessable, chosen }),
    });
  });
  router.post('/runder/:wave/frigi/godkjenn', async (request, response) => {
    const waveKey = request.params.wave;
    const requestId = readFields(request.body).text('request');
    await approveRelease(context, response.locals.actor, { waveKey, requestId });
    seeOther(response, `/runder/${encodeURIComponent(waveKey)}`);
  });
  router.post('/runder/:wave/frigi/avslag', async (request, response) => {
    const waveKey = request.params.wave;
    const body = readFields(request.body);
    const decision = { waveKey, requestId: body.text('request'), reason: body.text('reason') };
    await submitForm(response, {
      submit: async () => {
        await declineRelease(context, response.locals.actor, decision);
        return `/runder/${encodeURIComponent(waveKey)}`;
      },
      showAgain: (faults) => showWave(context, { request, response }, waveKey, { faults, status: unprocessable }),
    });
  });
}
