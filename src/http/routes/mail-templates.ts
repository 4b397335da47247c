import { Router, type Request, type Response } from 'express';
import type { Context } from '../../context';
import { isLanguage } from '../../domain/languages';
import type { MailTemplate } from '../../domain/mail/templates';
import { AppError } from '../../errors';
import {
  editMailTemplate,
  readMailTemplates,
  type ShownTemplate,
  type WaveTemplates,
} from '../../usecases/coordinator/edit-mail-template';
import { readField } from '../form-fields';
import { sendMailHtml } from '../mail-html';
import { renderPage } from '../page';
import { explainPlaceholders, listTemplates, readKind, templatePath } from '../pages/mail/templates-page';
import { createWords } from '../pages/results/words';
import { createWaveTabs } from '../pages/waves/wave-tabs';
import { submitForm, type ShownFault } from '../submit-form';

interface Place {
  readonly request: Request;
  readonly response: Response;
  readonly waveKey: string;
  readonly kind: string;
  readonly language: string;
}

interface FoundTemplate {
  readonly shown: WaveTemplates;
  readonly template: ShownTemplate;
}

async function findTemplate(context: Context, place: Place): Promise<FoundTemplate> {
  const shown = await readMailTemplates(context, place.response.locals.actor, { waveKey: place.waveKey });
  const kind = readKind(place.kind);
  const template = shown.templates.find((each) => each.kind === kind && each.language === place.language);
  if (template === undefined) throw new AppError('not_found');
  return { shown, template };
}

async function showTemplate(
  context: Context,
  place: Place,
  written?: { readonly values: MailTemplate; readonly faults: readonly ShownFault[] },
): Promise<void> {
  const { request, response, waveKey } = place;
  const { actor, language } = response.locals;
  const { shown, template } = await findTemplate(context, place);
  const words = createWords(language);
  const { networkId } = shown.wave;
  const name = words.t(`mail.language.${template.language}`);
  const names = {
    kind: words.t(`mail.kind.${template.kind}`),
    // Only English writes languages with a capital letter in the middle of a line.
    language: language === 'en' ? name : name.toLowerCase(),
  };
  const title = words.t('mail.template.title', names);
  const status = written === undefined ? 200 : 422;
  renderPage(
    { request, response },
    'mail/template',
    { title, isDemo: shown.network.isDemo, status },
    {
      tabs: createWaveTabs({ actor, networkId, waveKey, current: 'mail' }, words),
      network: shown.network.name,
      lists: listTemplates(shown, words, template),
      template,
      values: written?.values ?? template,
      faults: written?.faults ?? [],
      placeholders: explainPlaceholders(words),
      path: templatePath(waveKey, template),
      back: `/runder/${encodeURIComponent(waveKey)}/utsending`,
      isSaved: request.method === 'GET' && request.query['lagret'] === '1',
    },
  );
}

/** The texts of a wave's mails, and what people will see. */
export function mailTemplateRoutes(context: Context): Router {
  const router = Router();
  router.get('/runder/:wave/utsending/maler', async (request, response) => {
    const { actor, language } = response.locals;
    const waveKey = request.params.wave;
    const shown = await readMailTemplates(context, actor, { waveKey });
    const words = createWords(language);
    const { networkId } = shown.wave;
    renderPage(
      { request, response },
      'mail/templates',
      { title: words.t('mail.templates.title'), isDemo: shown.network.isDemo },
      {
        tabs: createWaveTabs({ actor, networkId, waveKey, current: 'mail' }, words),
        network: shown.network.name,
        lists: listTemplates(shown, words),
        back: `/runder/${encodeURIComponent(waveKey)}/utsending`,
      },
    );
  });
  router.get('/runder/:wave/utsending/maler/:kind/:language', async (request, response) => {
    const { wave: waveKey, kind, language } = request.params;
    await showTemplate(context, { request, response, waveKey, kind, language });
  });
  router.get('/runder/:wave/utsending/maler/:kind/:language/visning', async (request, response) => {
    const { wave: waveKey, kind, language } = request.params;
    const { template } = await findTemplate(context, { request, response, waveKey, kind, language });
    sendMailHtml(response, template.preview.html);
  });
  router.post('/runder/:wave/utsending/maler/:kind/:language', async (request, response) => {
    const { wave: waveKey, kind: kindPath, language } = request.params;
    const kind = readKind(kindPath);
    if (kind === null || !isLanguage(language)) throw new AppError('not_found');
    const values = { subject: readField(request, 'subject'), body: readField(request, 'body') };
    const template = readField(request, 'action') === 'standard' ? null : values;
    await submitForm(response, {
      submit: async () => {
        await editMailTemplate(context, response.locals.actor, { waveKey, kind, language, template });
        return `${templatePath(waveKey, { kind, language })}?lagret=1`;
      },
      showAgain: (faults) => {
        return showTemplate(context, { request, response, waveKey, kind: kindPath, language }, { values, faults });
      },
    });
  });
  return router;
}
