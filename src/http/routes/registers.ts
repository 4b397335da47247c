import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { AppError } from '../../errors';
import { discardRegisterImport } from '../../usecases/administrator/discard-register-import';
import { fetchRegister } from '../../usecases/administrator/fetch-register';
import { previewRegister } from '../../usecases/administrator/preview-register';
import { readRegisterImport } from '../../usecases/administrator/read-register-import';
import { readRegisters } from '../../usecases/administrator/read-registers';
import { storeRegisterImport } from '../../usecases/administrator/store-register-import';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import { joinNames } from '../pages/format-date';
import { createPreviewView } from '../pages/registers/register-preview';
import { readRegisterRequest, registerParts, type RegisterForm } from '../pages/registers/register-form';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const base = '/administrasjon/registre';
const mostFaults = 50;

interface Shown {
  readonly form: RegisterForm;
  readonly faults: readonly ShownFault[];
  /** Faults of the file, one sentence each. */
  readonly fileFaults: readonly string[];
}

/** Importing organisations and codes from public registers: choose, look at what would change, confirm. */
export function registerRoutes(context: Context): Router {
  const router = Router();
  const show = async (exchange: { request: Request; response: Response }, shown: Shown): Promise<void> => {
    const { actor, language } = exchange.response.locals;
    const state = await readRegisters(context, actor);
    const { t } = createWords(language);
    const status = shown.faults.length + shown.fileFaults.length === 0 ? 200 : 422;
    const fileFaults = shown.fileFaults.slice(0, mostFaults);
    const hosts = joinNames(language, state.hosts ?? []);
    const model = {
      ...shown,
      fileFaults,
      state,
      parts: registerParts,
      base,
      hosts,
      isSaved: exchange.request.query['lagret'] === '1',
    };
    renderPage(exchange, 'registers/registers', { title: t('register.title'), status }, model);
  };
  const submit = async (
    exchange: { request: Request; response: Response },
    read: (form: RegisterForm) => Promise<{ readonly id: string }>,
  ): Promise<void> => {
    const field = readFields(exchange.request.body).text;
    const isOnlyKnown = field('isOnlyKnown');
    const form = { part: field('part'), year: field('year'), date: field('date'), isOnlyKnown };
    try {
      await submitForm(exchange.response, {
        submit: async () => `${base}/${(await read(form)).id}`,
        showAgain: (faults) => show(exchange, { form, faults, fileFaults: [] }),
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'import_faulty') throw error;
      const faults = error.details.faults ?? [];
      const { t } = createWords(exchange.response.locals.language);
      const fileFaults = faults.map(({ line, column, message }) =>
        column === '' ? message : t('register.file.fault', { line, column, message }),
      );
      await show(exchange, { form, faults: [], fileFaults });
    }
  };
  router.get(base, (request, response) => {
    const year = String(context.now().getUTCFullYear());
    const form = { part: 'organisations', year, date: '', isOnlyKnown: '' };
    return show({ request, response }, { form, faults: [], fileFaults: [] });
  });
  router.post(`${base}/fil`, (request, response) =>
    submit({ request, response }, (form) => {
      const { actor, language, upload } = response.locals;
      if (upload?.isTooLarge === true) throw new AppError('body_too_large');
      const file = !upload?.content.length ? null : { name: upload.name, bytes: upload.content, language };
      return previewRegister(context, actor, { file, request: readRegisterRequest(form, context.now()) });
    }),
  );
  router.post(`${base}/hent`, (request, response) =>
    submit({ request, response }, (form) => {
      const { actor, language } = response.locals;
      return fetchRegister(context, actor, { language, request: readRegisterRequest(form, context.now()) });
    }),
  );
  addPreviewRoutes(router, context);
  return router;
}

function addPreviewRoutes(router: Router, context: Context): void {
  router.get(`${base}/:import`, async (request, response) => {
    const { actor, language } = response.locals;
    const preview = await readRegisterImport(context, actor, { id: request.params.import });
    const view = createPreviewView(preview, createWords(language));
    const path = `${base}/${encodeURIComponent(request.params.import)}`;
    renderPage({ request, response }, 'registers/preview', { title: view.title }, { view, name: preview.name, path });
  });
  router.post(`${base}/:import/lagre`, async (request, response) => {
    const name = readFields(request.body).text('name');
    const { actor } = response.locals;
    const { kind } = await storeRegisterImport(context, actor, { id: request.params.import, name });
    seeOther(response, kind === 'regions' ? `${base}?lagret=1` : '/administrasjon/organisasjoner');
  });
  router.post(`${base}/:import/forkast`, async (request, response) => {
    await discardRegisterImport(context, response.locals.actor, { id: request.params.import });
    seeOther(response, base);
  });
}
