import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { frameColumns } from '../../domain/fieldwork/frame-columns';
import { sectors, sizes } from '../../domain/fieldwork/types';
import { readFrameOverview, type FrameFilter } from '../../usecases/coordinator/read-frame';
import { readUnit } from '../../usecases/coordinator/read-unit';
import { removeUnit } from '../../usecases/coordinator/remove-unit';
import { renewUnitInvitation, type Renewal } from '../../usecases/coordinator/renew-invitation';
import { saveEmployee } from '../../usecases/coordinator/save-employee';
import { saveUnit } from '../../usecases/coordinator/save-unit';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import { createFrameView } from '../pages/frames/frame-page';
import { createUnitView } from '../pages/frames/unit-page';
import { createWords } from '../pages/results/words';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const frameOf = (waveKey: string): string => `/runder/${encodeURIComponent(waveKey)}/ramme`;

/** The frame of a wave: units, who is invited, and what may be changed about them. */
export function frameRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/ramme', async (request, response) => {
    const filter = readFilter(request.query);
    const waveKey = request.params.wave;
    const { actor, language } = response.locals;
    const overview = await readFrameOverview(context, actor, { waveKey, filter });
    const words = createWords(language);
    const { networkId } = overview.wave;
    const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'frame' }, words);
    const done = readFields(request.query).text('gjort');
    const notice = done === 'import' ? 'frame.imported' : done === 'lagret' ? 'frame.saved' : null;
    const view = createFrameView(overview, filter, words);
    const title = `${words.t('frame.title')}: ${overview.wave.period.replace('-', '–')}`;
    renderPage(
      { request, response },
      'frames/frame',
      { title, isDemo: overview.wave.isDemo },
      { view, network: overview.wave.networkName, tabs, notice },
    );
  });
  addUnitRoutes(router, context);
  addPersonRoutes(router, context);
  return router;
}

function readFilter(query: Request['query']): FrameFilter {
  const fields = readFields(query);
  const text = (name: string): string => fields.text(name).slice(0, 200);
  const invited = text('invitert');
  return {
    text: text('sok').replaceAll('\0', ''),
    organisation: text('organisasjon') || null,
    sector: sectors.find((code) => code === text('sektor')) ?? null,
    size: sizes.find((code) => code === text('storrelse')) ?? null,
    isInvited: invited === '' ? null : invited === '1',
    page: Math.min(1_000_000, Math.trunc(Number(text('side'))) || 1),
  };
}

interface UnitRequest {
  readonly waveKey: string;
  /** Null: a new one. */
  readonly unitId: string | null;
}

interface Redrawing {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly ShownFault[];
}

async function showUnit(
  context: Context,
  exchange: { readonly request: Request; readonly response: Response },
  { waveKey, unitId, again = null }: UnitRequest & { readonly again?: Redrawing | null },
): Promise<void> {
  const { actor, language } = exchange.response.locals;
  const unitPage = await readUnit(context, actor, { waveKey, unitId });
  const words = createWords(language);
  const { networkId } = unitPage.wave;
  const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'frame' }, words);
  const view = createUnitView(unitPage, again?.values ?? null, words);
  const status = again === null ? 200 : 422;
  const options = { title: view.title, status, isDemo: unitPage.wave.isDemo };
  renderPage(exchange, 'frames/unit', options, { view, tabs, faults: again?.faults ?? [] });
}

function readUnitFields(body: unknown): Readonly<Record<string, string>> {
  const { text } = readFields(body);
  const fields = frameColumns.map((column) => [column, text(column)] as const);
  return { ...Object.fromEntries(fields), invited: text('invited') === '1' ? '1' : '0' };
}

function addUnitRoutes(router: Router, context: Context): void {
  const save = async (request: Request, response: Response, { waveKey, unitId }: UnitRequest): Promise<void> => {
    const values = readUnitFields(request.body);
    await submitForm(response, {
      submit: async () => {
        await saveUnit(context, response.locals.actor, { waveKey, unitId, fields: values });
        return `${frameOf(waveKey)}?gjort=lagret`;
      },
      showAgain: (faults) => showUnit(context, { request, response }, { waveKey, unitId, again: { values, faults } }),
    });
  };
  router.get('/runder/:wave/ramme/ny', async (request, response) => {
    await showUnit(context, { request, response }, { waveKey: request.params.wave, unitId: null });
  });
  router.post('/runder/:wave/ramme/ny', async (request, response) => {
    await save(request, response, { waveKey: request.params.wave, unitId: null });
  });
  router.get('/runder/:wave/ramme/arbeidsplass/:unit', async (request, response) => {
    const { wave, unit } = request.params;
    await showUnit(context, { request, response }, { waveKey: wave, unitId: unit });
  });
  router.post('/runder/:wave/ramme/arbeidsplass/:unit', async (request, response) => {
    const { wave, unit } = request.params;
    await save(request, response, { waveKey: wave, unitId: unit });
  });
  router.post('/runder/:wave/ramme/arbeidsplass/:unit/fjern', async (request, response) => {
    const { wave, unit } = request.params;
    await removeUnit(context, response.locals.actor, { waveKey: wave, unitId: unit });
    seeOther(response, `${frameOf(wave)}?gjort=lagret`);
  });
}

function addPersonRoutes(router: Router, context: Context): void {
  router.post('/runder/:wave/ramme/arbeidsplass/:unit/person', async (request, response) => {
    const { wave, unit } = request.params;
    const values = readUnitFields(request.body);
    await submitForm(response, {
      submit: async () => {
        const target = { waveKey: wave, unitId: unit, personId: null, fields: values };
        await saveEmployee(context, response.locals.actor, target);
        return `${frameOf(wave)}/arbeidsplass/${unit}`;
      },
      showAgain: (faults) =>
        showUnit(context, { request, response }, { waveKey: wave, unitId: unit, again: { values, faults } }),
    });
  });
  router.post('/runder/:wave/ramme/arbeidsplass/:unit/person/:person/fjern', async (request, response) => {
    const { wave, unit, person } = request.params;
    const target = { waveKey: wave, unitId: unit, personId: person, fields: null };
    await saveEmployee(context, response.locals.actor, target);
    seeOther(response, `${frameOf(wave)}/arbeidsplass/${unit}`);
  });
  const renewals: Readonly<Record<string, (body: unknown) => Renewal>> = {
    bytt: (body) => ({ kind: 'replaced', fields: readUnitFields(body) }),
    utga: () => ({ kind: 'not eligible' }),
    igjen: () => ({ kind: 'eligible again' }),
  };
  for (const [path, readRenewal] of Object.entries(renewals)) {
    router.post(`/runder/:wave/ramme/arbeidsplass/:unit/person/:person/${path}`, async (request, response) => {
      const { wave, unit, person } = request.params;
      const target = { waveKey: wave, unitId: unit, personId: person, renewal: readRenewal(request.body) };
      await submitForm(response, {
        submit: async () => {
          await renewUnitInvitation(context, response.locals.actor, target);
          return `${frameOf(wave)}/arbeidsplass/${unit}`;
        },
        showAgain: (faults) => {
          const again = { values: readUnitFields(request.body), faults };
          return showUnit(context, { request, response }, { waveKey: wave, unitId: unit, again });
        },
      });
    });
  }
}
