import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { toDate } from '../../domain/fieldwork/wave-state';
import { AppError } from '../../errors';
import { writeCsv } from '../../formats/write-csv';
import { drawQr } from '../../formats/write-qr';
import { createLinks } from '../../usecases/coordinator/create-links';
import { readMailings } from '../../usecases/coordinator/read-mailings';
import { inviteMissing, requestMailing } from '../../usecases/coordinator/request-mailing';
import { sendTestMail } from '../../usecases/coordinator/send-test-mail';
import { steerMailing, type MailingStep } from '../../usecases/coordinator/steer-mailing';
import { writeLetters } from '../../usecases/coordinator/write-letters';
import { sendCsv } from '../csv-file';
import { readField } from '../form-fields';
import { renderPage } from '../page';
import { createMailingsView } from '../pages/mail/mailings-page';
import { createWords } from '../pages/results/words';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { submitForm, type ShownFault } from '../submit-form';
import { seeOther } from '../see-other';

const stepNames: Readonly<Record<string, MailingStep>> = { stans: 'pause', fortsett: 'continue', avbryt: 'cancel' };
const refreshSeconds = 5;

function pathOf(waveKey: string): string {
  return `/runder/${encodeURIComponent(waveKey)}/utsending`;
}

interface Shown {
  readonly faults: readonly ShownFault[];
  readonly values: Readonly<Record<string, string>>;
}

async function showMailings(
  context: Context,
  { request, response, waveKey }: { request: Request; response: Response; waveKey: string },
  { faults, values }: Shown = { faults: [], values: {} },
): Promise<void> {
  const { actor, language } = response.locals;
  const overview = await readMailings(context, actor, { waveKey });
  const words = createWords(language);
  const view = createMailingsView(overview, toDate(context.now()), words);
  const { networkId } = overview.wave;
  const tabs = createWaveTabs({ actor, networkId, waveKey, current: 'mail' }, words);
  const { title, isDemo, isSending } = view;
  const status = faults.length === 0 ? 200 : 422;
  const refresh = isSending && faults.length === 0 ? { refreshSeconds, scripts: ['build/mailing'] } : {};
  const isTestSent = request.method === 'GET' && request.query['test'] === 'sendt';
  const model = { view, tabs, faults, values, isTestSent };
  renderPage({ request, response }, 'mail/mailings', { title, isDemo, status, ...refresh }, model);
}

/** The mail of a wave: what has been sent, what comes next, and links to hand out in other ways. */
export function mailingRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/utsending', async (request, response) => {
    await showMailings(context, { request, response, waveKey: request.params.wave });
  });
  router.post('/runder/:wave/utsending', async (request, response) => {
    const waveKey = request.params.wave;
    const isPlanned = readField(request, 'when') === 'planned';
    const plannedOn = readField(request, 'plannedOn');
    await submitForm(response, {
      submit: async () => {
        await requestMailing(context, response.locals.actor, { waveKey, plannedOn: isPlanned ? plannedOn : null });
        return pathOf(waveKey);
      },
      showAgain: (faults) => showMailings(context, { request, response, waveKey }, { faults, values: { plannedOn } }),
    });
  });
  router.post('/runder/:wave/utsending/manglende', async (request, response) => {
    await inviteMissing(context, response.locals.actor, { waveKey: request.params.wave });
    seeOther(response, pathOf(request.params.wave));
  });
  router.post('/runder/:wave/utsending/test', async (request, response) => {
    const waveKey = request.params.wave;
    const { actor, language } = response.locals;
    const address = readField(request, 'address');
    await submitForm(response, {
      submit: async () => {
        await sendTestMail(context, actor, { waveKey, language, address });
        return `${pathOf(waveKey)}?test=sendt#test`;
      },
      showAgain: (faults) => showMailings(context, { request, response, waveKey }, { faults, values: { address } }),
    });
  });
  addHandingOut(router, context);
  router.post('/runder/:wave/utsending/:number/:step', async (request, response) => {
    const { wave: waveKey, number, step: name } = request.params;
    const step = Object.hasOwn(stepNames, name) ? stepNames[name] : undefined;
    if (step === undefined || !/^\d$/.test(number)) throw new AppError('not_found');
    await steerMailing(context, response.locals.actor, { waveKey, number: Number(number), step });
    seeOther(response, pathOf(waveKey));
  });
  return router;
}

/** Links are shown once: the answer to the form is the file, or the letters, itself. */
function addHandingOut(router: Router, context: Context): void {
  router.post('/runder/:wave/utsending/lenker.csv', async (request, response) => {
    const waveKey = request.params.wave;
    const links = await createLinks(context, response.locals.actor, { waveKey });
    const columns = (['organisationName', 'unit', 'unitName', 'name', 'email', 'language', 'link'] as const).map(
      (field) => ({ name: field.replace('Name', '_name'), cell: (link: (typeof links)[number]) => link[field] }),
    );
    sendCsv(response, `${waveKey}-lenker`, writeCsv(columns, links));
  });
  router.post('/runder/:wave/utsending/brev', async (request, response) => {
    const { network, letters } = await writeLetters(context, response.locals.actor, { waveKey: request.params.wave });
    const words = createWords(response.locals.language);
    const drawn = letters.map((letter) => ({
      ...letter,
      qr: drawQr(letter.link),
      words: createWords(letter.language),
    }));
    const title = words.t('letter.title', { count: letters.length });
    const model = { network, letters: drawn, back: pathOf(request.params.wave) };
    renderPage({ request, response }, 'mail/letters', { title, isDemo: network.isDemo }, model);
  });
}
