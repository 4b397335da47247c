import { Router, type Request } from 'express';
import type { Context } from '../../context';
import { clientAuthentications, providerKinds } from '../../domain/identity/types';
import { writeRoleRules } from '../../domain/identity/role-rules';
import { readProvider, readProviders, type ShownProvider } from '../../usecases/administrator/read-providers';
import { removeProvider } from '../../usecases/administrator/remove-provider';
import { saveProvider } from '../../usecases/administrator/save-provider';
import { testProvider } from '../../usecases/administrator/test-provider';
import { installation, requireRight } from '../../usecases/authorise';
import type { ProviderForm } from '../../usecases/check-provider-form';
import { readField } from '../form-fields';
import { renderPage, type Exchange } from '../page';
import { readNotice, withNotice } from '../pages/notices';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const path = '/administrasjon/innlogging';

function readForm(request: Request, key: string): ProviderForm {
  const read = (name: string): string => readField(request, name);
  return {
    key,
    name: read('name'),
    kind: read('kind'),
    issuer: read('issuer'),
    tenantId: read('tenant_id'),
    clientId: read('client_id'),
    authentication: read('authentication'),
    secret: read('secret'),
    scopes: read('scopes'),
    acrValues: read('acr_values'),
    usesUserInfo: read('uses_user_info') === '1',
    organisations: read('organisations'),
    roleRules: read('role_rules'),
    isActive: read('is_active') === '1',
  };
}

const emptyForm: ProviderForm = {
  key: '',
  name: '',
  kind: 'standard',
  issuer: '',
  tenantId: '',
  clientId: '',
  authentication: 'client_secret_basic',
  secret: '',
  scopes: 'openid profile',
  acrValues: '',
  usesUserInfo: false,
  organisations: '',
  roleRules: '',
  isActive: true,
};

function toForm(provider: ShownProvider): ProviderForm {
  return {
    ...provider,
    secret: '',
    tenantId: provider.tenantId ?? '',
    acrValues: provider.acrValues ?? '',
    organisations: provider.organisations.map(({ key }) => key).join(' '),
    roleRules: writeRoleRules(provider.roleRules),
  };
}

function addressOf(key: string): string {
  return `${path}/${encodeURIComponent(key)}`;
}

/** Where people sign in besides by mail, for administrators. */
export function providerAdministrationRoutes(context: Context): Router {
  const router = Router();
  router.get(path, async (request, response) => {
    const providers = await readProviders(context, response.locals.actor);
    const title = createWords(response.locals.language).t('administration.providers');
    renderPage(
      { request, response },
      'administration/providers',
      { title },
      { providers, notice: readNotice(request) },
    );
  });
  router.get(`${path}/ny`, (request, response) => {
    requireRight(response.locals.actor, 'administer installation', installation);
    showForm({ request, response }, { provider: null, form: emptyForm, faults: [] });
  });
  router.post(`${path}/ny`, async (request, response) => {
    const form = readForm(request, readField(request, 'key'));
    await submitForm(response, {
      submit: async () => {
        const { key } = await saveProvider(context, response.locals.actor, { ...form, isNew: true });
        return withNotice(addressOf(key), 'notice.provider_saved');
      },
      showAgain: (faults) => {
        showForm({ request, response }, { provider: null, form, faults });
      },
    });
  });
  addExistingRoutes(router, context);
  return router;
}

function addExistingRoutes(router: Router, context: Context): void {
  router.get(`${path}/:provider`, async (request, response) => {
    const provider = await readProvider(context, response.locals.actor, { key: request.params.provider });
    showForm({ request, response }, { provider, form: toForm(provider), faults: [] });
  });
  router.post(`${path}/:provider`, async (request, response) => {
    const { actor } = response.locals;
    const form = readForm(request, request.params.provider);
    await submitForm(response, {
      submit: async () => {
        const { key } = await saveProvider(context, actor, { ...form, isNew: false });
        return withNotice(addressOf(key), 'notice.provider_saved');
      },
      showAgain: async (faults) => {
        const provider = await readProvider(context, actor, { key: form.key });
        showForm({ request, response }, { provider, form, faults });
      },
    });
  });
  router.post(`${path}/:provider/prov`, async (request, response) => {
    const key = request.params.provider;
    const reason = await testProvider(context, response.locals.actor, { key });
    const address = withNotice(addressOf(key), reason === null ? 'notice.provider_answers' : 'notice.provider_fails');
    seeOther(response, reason === null ? address : `${address}&${new URLSearchParams({ grunn: reason }).toString()}`);
  });
  router.post(`${path}/:provider/fjern`, async (request, response) => {
    await removeProvider(context, response.locals.actor, { key: request.params.provider });
    seeOther(response, withNotice(path, 'notice.provider_removed'));
  });
}

function showForm(
  { request, response }: Exchange,
  given: {
    readonly provider: ShownProvider | null;
    readonly form: ProviderForm;
    readonly faults: readonly ShownFault[];
  },
): void {
  const words = createWords(response.locals.language);
  const { provider, faults } = given;
  const reason = request.query['grunn'];
  renderPage(
    { request, response },
    'administration/provider',
    { title: provider?.name ?? words.t('provider.new'), ...(faults.length === 0 ? {} : { status: 422 }) },
    {
      ...given,
      address: provider === null ? `${path}/ny` : addressOf(provider.key),
      notice: readNotice(request),
      reason: typeof reason === 'string' && /^[\w.-]{1,80}$/.test(reason) ? reason : '',
      kindOptions: providerKinds.map((value) => ({ value, label: words.t(`provider.kind.${value}`) })),
      authenticationOptions: clientAuthentications.map((value) => ({
        value,
        label: words.t(`provider.authentication.${value}`),
      })),
    },
  );
}
