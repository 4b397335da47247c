import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { agreedChoices, agreedLimits } from '../../domain/disclosure/policy';
import { listNetworks } from '../../usecases/administrator/list-networks';
import { addMember } from '../../usecases/coordinator/add-member';
import { createNetwork } from '../../usecases/coordinator/create-network';
import { editNetwork } from '../../usecases/coordinator/edit-network';
import { readNetwork } from '../../usecases/coordinator/read-network';
import { removeMember } from '../../usecases/coordinator/remove-member';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import {
  emptyNetworkForm,
  fillNetworkForm,
  readNetworkForm,
  toNetworkFields,
  type NetworkForm,
} from '../pages/networks/network-form';
import { createNetworkTabs } from '../pages/networks/network-tabs';
import { formatOrgnr } from '../pages/organisations/organisation-page';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const administration = '/administrasjon/nettverk';
const pathOf = (key: string): string => `/nettverk/${encodeURIComponent(key)}`;

/** Creating networks, and the pages on which a network's coordinators keep members and agreements. */
export function networkPageRoutes(context: Context): Router {
  const router = Router();
  addAdministrationRoutes(router, context);
  addOverviewRoutes(router, context);
  addSettingsRoutes(router, context);
  return router;
}

function addAdministrationRoutes(router: Router, context: Context): void {
  const showNew = (
    exchange: { request: Request; response: Response },
    values: NetworkForm,
    faults: readonly ShownFault[],
  ) => {
    const { t } = createWords(exchange.response.locals.language);
    const options = { title: t('network.create.title'), status: faults.length === 0 ? 200 : 422 };
    renderPage(exchange, 'networks/create', options, {
      values,
      limits: agreedLimits,
      choices: agreedChoices,
      faults,
      action: `${administration}/nytt`,
      back: administration,
    });
  };
  router.get(administration, async (request, response) => {
    const networks = await listNetworks(context, response.locals.actor);
    const { t } = createWords(response.locals.language);
    renderPage(
      { request, response },
      'networks/administration',
      { title: t('network.list.title') },
      { networks, base: administration, pathOf },
    );
  });
  router.get(`${administration}/nytt`, async (request, response) => {
    await listNetworks(context, response.locals.actor);
    showNew({ request, response }, emptyNetworkForm, []);
  });
  router.post(`${administration}/nytt`, async (request, response) => {
    const values = readNetworkForm(request.body, readFields(request.body).text('key'));
    await submitForm(response, {
      submit: async () => {
        const { contactName, contactEmail, ...fields } = toNetworkFields(values);
        await createNetwork(context, response.locals.actor, {
          key: values.key,
          ...fields,
          ...(contactName !== null && { contactName }),
          ...(contactEmail !== null && { contactEmail }),
        });
        return pathOf(values.key);
      },
      showAgain: (faults) => {
        showNew({ request, response }, values, faults);
      },
    });
  });
}

function addOverviewRoutes(router: Router, context: Context): void {
  const show = async (
    exchange: { request: Request<{ network: string }>; response: Response },
    orgnr: string,
    faults: readonly ShownFault[],
  ): Promise<void> => {
    const { request, response } = exchange;
    const { actor, language } = response.locals;
    const search = readFields(request.query).text('sok');
    const overview = await readNetwork(context, actor, { networkKey: request.params.network, search });
    const { network } = overview;
    renderPage(
      exchange,
      'networks/network',
      { title: network.name, isDemo: network.isDemo, status: faults.length === 0 ? 200 : 422 },
      {
        overview,
        search,
        orgnr,
        faults,
        formatOrgnr,
        path: pathOf(network.key),
        tabs: createNetworkTabs({ networkKey: network.key, current: 'members' }, createWords(language)),
      },
    );
  };
  router.get('/nettverk/:network', (request, response) => show({ request, response }, '', []));
  router.post('/nettverk/:network/medlemmer', async (request, response) => {
    const networkKey = request.params.network;
    const orgnr = readFields(request.body).text('orgnr');
    await submitForm(response, {
      submit: async () => {
        await addMember(context, response.locals.actor, { networkKey, orgnr });
        return `${pathOf(networkKey)}#medlemmer`;
      },
      showAgain: (faults) => show({ request, response }, orgnr, faults),
    });
  });
  router.post('/nettverk/:network/medlemmer/:organisation/fjern', async (request, response) => {
    const { network: networkKey, organisation: organisationKey } = request.params;
    await removeMember(context, response.locals.actor, { networkKey, organisationKey });
    seeOther(response, `${pathOf(networkKey)}#medlemmer`);
  });
}

function addSettingsRoutes(router: Router, context: Context): void {
  const path = '/nettverk/:network/innstillinger';
  const show = async (
    exchange: { request: Request<{ network: string }>; response: Response },
    written: NetworkForm | null,
    faults: readonly ShownFault[],
  ): Promise<void> => {
    const { request, response } = exchange;
    const { actor, language } = response.locals;
    const { network } = await readNetwork(context, actor, { networkKey: request.params.network, search: '' });
    const words = createWords(language);
    renderPage(
      exchange,
      'networks/settings',
      {
        title: words.t('network.settings.title', { network: network.name }),
        isDemo: network.isDemo,
        status: faults.length === 0 ? 200 : 422,
      },
      {
        name: network.name,
        values: written ?? fillNetworkForm(network),
        limits: agreedLimits,
        choices: agreedChoices,
        faults,
        action: `${pathOf(network.key)}/innstillinger`,
        isSaved: request.query['lagret'] === '1',
        tabs: createNetworkTabs({ networkKey: network.key, current: 'settings' }, words),
      },
    );
  };
  router.get(path, (request, response) => show({ request, response }, null, []));
  router.post(path, async (request, response) => {
    const values = readNetworkForm(request.body, request.params.network);
    await submitForm(response, {
      submit: async () => {
        await editNetwork(context, response.locals.actor, { networkKey: values.key, written: toNetworkFields(values) });
        return `${pathOf(values.key)}/innstillinger?lagret=1`;
      },
      showAgain: (faults) => show({ request, response }, values, faults),
    });
  });
}
