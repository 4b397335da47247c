import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { translate } from '../../texts/translate';
import { addOrganisation } from '../../usecases/administrator/add-organisation';
import { editOrganisation } from '../../usecases/administrator/edit-organisation';
import { listOrganisations } from '../../usecases/administrator/list-organisations';
import { readOrganisation } from '../../usecases/administrator/read-organisation';
import { recordFact } from '../../usecases/administrator/record-fact';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import { createOrganisationView, formatOrgnr } from '../pages/organisations/organisation-page';
import { createWords } from '../pages/results/words';
import { submitForm, type ShownFault } from '../submit-form';

const base = '/administrasjon/organisasjoner';
const highestPage = 10_000;

/** What the form of an organisation holds. */
interface FormValues {
  readonly key: string;
  readonly name: string;
  readonly orgnr: string;
  readonly kind: string;
  readonly regionCode: string;
  readonly regionCodeOn: string;
}

const emptyForm: FormValues = { key: '', name: '', orgnr: '', kind: 'municipality', regionCode: '', regionCodeOn: '' };

function readForm(request: Request, key: string): FormValues {
  const field = readFields(request.body).text;
  return {
    key,
    name: field('name'),
    orgnr: field('orgnr'),
    kind: field('kind'),
    regionCode: field('regionCode'),
    regionCodeOn: field('regionCodeOn'),
  };
}

/** The administrator's pages about the organisations of the installation. */
export function organisationRoutes(context: Context): Router {
  const router = Router();
  addListRoute(router, context);
  addNewRoutes(router, context);
  addEditRoutes(router, context);
  addPageRoutes(router, context);
  return router;
}

function addListRoute(router: Router, context: Context): void {
  router.get(base, async (request, response) => {
    const search = readFields(request.query).text('sok');
    const page = Math.min(Math.max(Math.trunc(Number(request.query['side'] ?? 1)) || 1, 1), highestPage);
    const list = await listOrganisations(context, response.locals.actor, { search, page });
    const { t } = createWords(response.locals.language);
    const linkTo = (number: number): string =>
      `${base}?${new URLSearchParams({ ...(search === '' ? {} : { sok: search }), side: String(number) }).toString()}`;
    renderPage(
      { request, response },
      'organisations/list',
      { title: t('organisation.list.title') },
      {
        list,
        search,
        base,
        formatOrgnr,
        previous: page > 1 ? linkTo(page - 1) : null,
        next: page < list.pages ? linkTo(page + 1) : null,
      },
    );
  });
}

function showForm(
  exchange: { request: Request; response: Response },
  values: FormValues,
  { isNew, faults }: { readonly isNew: boolean; readonly faults: readonly ShownFault[] },
): void {
  const title = translate(
    exchange.response.locals.language,
    isNew ? 'organisation.add.title' : 'organisation.edit.title',
    {
      name: values.name,
    },
  );
  const action = isNew ? `${base}/ny` : `${base}/${encodeURIComponent(values.key)}/endre`;
  const status = faults.length === 0 ? 200 : 422;
  const back = isNew ? base : `${base}/${encodeURIComponent(values.key)}`;
  renderPage(exchange, 'organisations/form', { title, status }, { values, isNew, action, back, faults });
}

function addNewRoutes(router: Router, context: Context): void {
  router.get(`${base}/ny`, async (request, response) => {
    await listOrganisations(context, response.locals.actor, { search: '', page: 1 });
    showForm({ request, response }, emptyForm, { isNew: true, faults: [] });
  });
  router.post(`${base}/ny`, async (request, response) => {
    const values = readForm(request, readFields(request.body).text('key'));
    await submitForm(response, {
      submit: async () => {
        const { key } = await addOrganisation(context, response.locals.actor, values);
        return `${base}/${encodeURIComponent(key)}`;
      },
      showAgain: (faults) => {
        showForm({ request, response }, values, { isNew: true, faults });
      },
    });
  });
}

function addEditRoutes(router: Router, context: Context): void {
  const path = `${base}/:organisation/endre`;
  router.get(path, async (request, response) => {
    const { organisation } = await readOrganisation(context, response.locals.actor, {
      key: request.params.organisation,
    });
    const values = {
      ...organisation,
      regionCode: organisation.regionCode ?? '',
      regionCodeOn: organisation.regionCodeOn ?? '',
    };
    showForm({ request, response }, values, { isNew: false, faults: [] });
  });
  router.post(path, async (request, response) => {
    const values = readForm(request, request.params.organisation);
    await submitForm(response, {
      submit: async () => {
        await editOrganisation(context, response.locals.actor, values);
        return `${base}/${encodeURIComponent(values.key)}`;
      },
      showAgain: (faults) => {
        showForm({ request, response }, values, { isNew: false, faults });
      },
    });
  });
}

const emptyFact = { factKind: 'population', value: '', year: '', source: '' };

function addPageRoutes(router: Router, context: Context): void {
  const show = async (
    exchange: { request: Request<{ organisation: string }>; response: Response },
    fact: typeof emptyFact,
    faults: readonly ShownFault[],
  ): Promise<void> => {
    const { request, response } = exchange;
    const key = request.params.organisation;
    const overview = await readOrganisation(context, response.locals.actor, { key });
    const view = createOrganisationView(overview, createWords(response.locals.language));
    const path = `${base}/${encodeURIComponent(key)}`;
    const options = { title: view.title, status: faults.length === 0 ? 200 : 422 };
    renderPage(exchange, 'organisations/organisation', options, { view, path, base, fact, faults });
  };
  router.get(`${base}/:organisation`, (request, response) => show({ request, response }, emptyFact, []));
  router.post(`${base}/:organisation/opplysninger`, async (request, response) => {
    const field = readFields(request.body).text;
    const key = request.params.organisation;
    const fact = { factKind: field('factKind'), value: field('value'), year: field('year'), source: field('source') };
    await submitForm(response, {
      submit: async () => {
        await recordFact(context, response.locals.actor, { key, ...fact });
        return `${base}/${encodeURIComponent(key)}`;
      },
      showAgain: (faults) => show({ request, response }, fact, faults),
    });
  });
}
