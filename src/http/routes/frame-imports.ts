import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { frameColumns } from '../../domain/fieldwork/frame-columns';
import { writeTemplateCsv, writeTemplateWorkbook } from '../../formats/frame-template';
import { writeCsv } from '../../formats/write-csv';
import { chooseFrameColumns, type ColumnForm } from '../../usecases/coordinator/choose-frame-columns';
import { chooseFrameWords, type ChosenWord } from '../../usecases/coordinator/choose-frame-words';
import { confirmFrameImport } from '../../usecases/coordinator/confirm-frame-import';
import { discardFrameImport } from '../../usecases/coordinator/discard-frame-import';
import { previewFrameImport } from '../../usecases/coordinator/preview-frame-import';
import { readFrameColumns } from '../../usecases/coordinator/read-frame-columns';
import { readPendingImport } from '../../usecases/coordinator/read-pending-import';
import { uploadFrame } from '../../usecases/coordinator/upload-frame';
import { sendCsv } from '../csv-file';
import { readFields } from '../form-fields';
import { renderPage } from '../page';
import { joinNames } from '../pages/format-date';
import { createColumnsView } from '../pages/frames/columns-page';
import { createPreviewView, describeFault, type FaultView } from '../pages/frames/preview-page';
import { createTemplate } from '../pages/frames/template';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const frameOf = (waveKey: string): string => `/runder/${encodeURIComponent(waveKey)}/ramme`;

/** A file on its way into a frame: upload, columns, a look at faults and differences, confirmation. */
export function frameImportRoutes(context: Context): Router {
  const router = Router();
  addTemplates(router, context);
  addUpload(router, context);
  addColumns(router, context);
  addPreview(router, context);
  return router;
}

function addTemplates(router: Router, context: Context): void {
  const make = async (response: Response, waveKey: string) => {
    const words = createWords(response.locals.language);
    const template = createTemplate(await readPendingImport(context, response.locals.actor, { waveKey }), words);
    return { template, name: words.t('frame.template.file') };
  };
  router.get('/runder/:wave/ramme/mal.csv', async (request, response) => {
    const { template, name } = await make(response, request.params.wave);
    sendCsv(response, name, writeTemplateCsv(template));
  });
  router.get('/runder/:wave/ramme/mal.xlsx', async (request, response) => {
    const { template, name } = await make(response, request.params.wave);
    response.setHeader('Content-Type', workbookType);
    response.setHeader('Content-Disposition', `attachment; filename="${name}.xlsx"`);
    response.send(writeTemplateWorkbook(template));
  });
}

function addUpload(router: Router, context: Context): void {
  const show = async (exchange: Exchange, waveKey: string, faults: readonly ShownFault[] = []): Promise<void> => {
    const { actor, language } = exchange.response.locals;
    const uploads = await readPendingImport(context, actor, { waveKey });
    const words = createWords(language);
    const names = uploads.organisations.map(({ name }) => name);
    const view = {
      framePath: frameOf(waveKey),
      lead: words.t(`frame.upload.lead.${uploads.population}`),
      own: uploads.isWhole ? null : words.t('frame.upload.own', { names: joinNames(language, names) }),
      pending: uploads.pending,
    };
    const status = faults.length > 0 ? 422 : 200;
    const options = { title: words.t('frame.upload.title'), status, isDemo: uploads.wave.isDemo };
    renderPage(exchange, 'frames/upload', options, { view, faults });
  };
  router.get('/runder/:wave/ramme/import', async (request, response) => {
    await show({ request, response }, request.params.wave);
  });
  router.post('/runder/:wave/ramme/import', async (request, response) => {
    const waveKey = request.params.wave;
    await submitForm(response, {
      submit: async () => {
        const file = response.locals.upload ?? null;
        const id = await uploadFrame(context, response.locals.actor, { waveKey, file });
        return `${frameOf(waveKey)}/import/${id}`;
      },
      showAgain: (faults) => show({ request, response }, waveKey, faults),
    });
  });
  router.post('/runder/:wave/ramme/import/:import/forkast', async (request, response) => {
    const { wave, import: importId } = request.params;
    await discardFrameImport(context, response.locals.actor, { waveKey: wave, importId });
    seeOther(response, `${frameOf(wave)}/import`);
  });
}

function addColumns(router: Router, context: Context): void {
  const show = async (
    exchange: Exchange,
    { wave, import: importId }: { readonly wave: string; readonly import: string },
    faults: readonly ShownFault[] = [],
  ): Promise<void> => {
    const { actor, language } = exchange.response.locals;
    const { body, query } = exchange.request as { body: unknown; query: unknown };
    const isAgain = faults.length > 0;
    const sheet = readWhole(isAgain ? readFields(body).text('sheet') : readFields(query).text('ark'));
    const file = await readFrameColumns(context, actor, { waveKey: wave, importId, sheet });
    const names = [...frameColumns.map((column) => `column_${column}`), 'organisation'];
    const posted = isAgain ? Object.fromEntries(names.map((name) => [name, readFields(body).text(name)])) : null;
    const words = createWords(language);
    const view = createColumnsView(file, importId, { words, posted });
    const options = { title: words.t('frame.columns.title'), status: isAgain ? 422 : 200, isDemo: file.wave.isDemo };
    renderPage(exchange, 'frames/columns', options, { view, faults });
  };
  router.get('/runder/:wave/ramme/import/:import', async (request, response) => {
    await show({ request, response }, request.params);
  });
  router.post('/runder/:wave/ramme/import/:import', async (request, response) => {
    const { wave, import: importId } = request.params;
    await submitForm(response, {
      submit: async () => {
        const form = readColumnForm(request.body);
        await chooseFrameColumns(context, response.locals.actor, { waveKey: wave, importId, form });
        return `${frameOf(wave)}/import/${importId}/se`;
      },
      showAgain: (faults) => show({ request, response }, request.params, faults),
    });
  });
}

function readWhole(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function readColumnForm(body: unknown): ColumnForm {
  const { text } = readFields(body);
  const columns = frameColumns.flatMap((column) => {
    const position = readWhole(text(`column_${column}`));
    return position === null ? [] : [[column, position] as const];
  });
  return {
    sheet: readWhole(text('sheet')) ?? 0,
    columns: Object.fromEntries(columns),
    organisation: text('organisation') || null,
  };
}

function addPreview(router: Router, context: Context): void {
  const show = async (
    exchange: Exchange,
    { wave, import: importId }: { readonly wave: string; readonly import: string },
    faults: readonly ShownFault[] = [],
  ): Promise<void> => {
    const { actor, language } = exchange.response.locals;
    const preview = await previewFrameImport(context, actor, { waveKey: wave, importId });
    const words = createWords(language);
    const view = createPreviewView(preview, importId, words);
    const isStale = readFields(exchange.request.query).text('endret') === '1';
    const status = faults.length > 0 ? 422 : 200;
    const options = { title: words.t('frame.preview.title'), status, isDemo: preview.wave.isDemo };
    renderPage(exchange, 'frames/preview', options, { view, faults, isStale });
  };
  router.get('/runder/:wave/ramme/import/:import/se', async (request, response) => {
    await show({ request, response }, request.params);
  });
  router.get('/runder/:wave/ramme/import/:import/feil.csv', async (request, response) => {
    const { wave, import: importId } = request.params;
    const { faults } = await previewFrameImport(context, response.locals.actor, { waveKey: wave, importId });
    const words = createWords(response.locals.language);
    const columns = [
      { name: words.t('frame.preview.row'), cell: ({ row }: FaultView) => row },
      { name: words.t('frame.preview.column'), cell: ({ column }: FaultView) => column },
      { name: words.t('frame.preview.found'), cell: ({ found }: FaultView) => found },
      { name: words.t('frame.preview.wrong'), cell: ({ text }: FaultView) => text },
    ];
    const rows = faults.map((fault) => describeFault(fault, words));
    sendCsv(response, words.t('frame.faults.file'), writeCsv(columns, rows));
  });
  router.post('/runder/:wave/ramme/import/:import/ord', async (request, response) => {
    const { wave, import: importId } = request.params;
    const words = readChosenWords(request.body);
    await chooseFrameWords(context, response.locals.actor, { waveKey: wave, importId, words });
    seeOther(response, `${frameOf(wave)}/import/${importId}/se`);
  });
  router.post('/runder/:wave/ramme/import/:import/bekreft', async (request, response) => {
    const { wave, import: importId } = request.params;
    const seen = readFields(request.body).text('seen');
    const leavesOutFaulty = readFields(request.body).text('leave_out') === '1';
    await submitForm(response, {
      submit: async () => {
        const input = { waveKey: wave, importId, seen, leavesOutFaulty };
        const outcome = await confirmFrameImport(context, response.locals.actor, input);
        return outcome === 'stored'
          ? `${frameOf(wave)}?gjort=import`
          : `${frameOf(wave)}/import/${importId}/se?endret=1`;
      },
      showAgain: (faults) => show({ request, response }, request.params, faults),
    });
  });
}

const mostWords = 200;

function readChosenWords(body: unknown): readonly ChosenWord[] {
  const { text } = readFields(body);
  return Array.from({ length: mostWords }, (_, index) => ({
    column: text(`column_${index}`),
    word: text(`word_${index}`),
    code: text(`code_${index}`),
  })).filter(({ column }) => column !== '');
}
