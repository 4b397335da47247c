import { Router, type Request } from 'express';
import type { Context } from '../../context';
import { addAdministrator } from '../../usecases/administrator/add-administrator';
import { readAdministrators } from '../../usecases/administrator/read-administrators';
import { exportEvents, readEvents } from '../../usecases/administrator/read-events';
import { installation, requireRight } from '../../usecases/authorise';
import { endRole } from '../../usecases/coordinator/end-role';
import { mailSignInLink } from '../../usecases/coordinator/mail-sign-in-link';
import { sendCsv } from '../csv-file';
import { readField } from '../form-fields';
import { languageOptions } from '../language';
import { renderPage, type Exchange } from '../page';
import { administrationParts } from '../pages/administration-parts';
import { createEventsView, readEventQuery, writeEventsFile } from '../pages/events-page';
import { readNotice, withNotice } from '../pages/notices';
import { showRole } from '../pages/people-page';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const peoplePath = '/administrasjon/folk';

/** The parts of the installation that administrators look after: people, and what was done. */
export function administrationRoutes(context: Context): Router {
  const router = Router();
  router.get('/administrasjon', (request, response) => {
    requireRight(response.locals.actor, 'administer installation', installation);
    const words = createWords(response.locals.language);
    const parts = administrationParts.map(({ name, href }) => ({
      href,
      name: words.t(`administration.${name}`),
      help: words.t(`administration.${name}.help`),
    }));
    const options = { title: words.t('layout.administration') };
    renderPage({ request, response }, 'administration/overview', options, { parts });
  });
  addPeopleRoutes(router, context);
  router.get('/administrasjon/hendelser', async (request, response) => {
    const query = readEventQuery(request.query);
    const events = await readEvents(context, response.locals.actor, query);
    const words = createWords(response.locals.language);
    const options = { title: words.t('administration.events') };
    renderPage({ request, response }, 'administration/events', options, {
      view: createEventsView(events, query, words),
    });
  });
  router.get('/administrasjon/hendelser.csv', async (request, response) => {
    const { filter } = readEventQuery(request.query);
    const events = await exportEvents(context, response.locals.actor, { filter });
    sendCsv(response, 'hendelser', writeEventsFile(events));
  });
  return router;
}

function addPeopleRoutes(router: Router, context: Context): void {
  const readHeld = (request: Request) => ({ networkKey: null, grantId: String(request.params['grant']) });
  router.get(peoplePath, (request, response) => showAdministrators(context, { request, response }, []));
  router.post(peoplePath, async (request, response) => {
    const read = (name: string): string => readField(request, name);
    const input = { email: read('email'), name: read('name'), language: read('language') };
    await submitForm(response, {
      submit: async () => {
        const { isMailed } = await addAdministrator(context, response.locals.actor, input);
        return withNotice(peoplePath, isMailed ? 'notice.person_invited' : 'notice.person_added');
      },
      showAgain: (faults) => showAdministrators(context, { request, response }, faults),
    });
  });
  router.post(`${peoplePath}/:grant/avslutt`, async (request, response) => {
    await endRole(context, response.locals.actor, readHeld(request));
    seeOther(response, withNotice(peoplePath, 'notice.role_ended'));
  });
  router.post(`${peoplePath}/:grant/lenke`, async (request, response) => {
    await mailSignInLink(context, response.locals.actor, readHeld(request));
    seeOther(response, withNotice(peoplePath, 'notice.link_mailed'));
  });
}

async function showAdministrators(
  context: Context,
  { request, response }: Exchange,
  faults: readonly ShownFault[],
): Promise<void> {
  const { administrators, networks, hasMail } = await readAdministrators(context, response.locals.actor);
  const words = createWords(response.locals.language);
  renderPage(
    { request, response },
    'administration/people',
    { title: words.t('administration.people'), ...(faults.length === 0 ? {} : { status: 422 }) },
    {
      address: peoplePath,
      people: administrators.map((held) => showRole(held, words)),
      networks,
      hasMail,
      notice: readNotice(request),
      faults,
      form: {
        email: readField(request, 'email'),
        name: readField(request, 'name'),
        language: readField(request, 'language'),
      },
      languageOptions,
    },
  );
}
