import { Router, type Request } from 'express';
import type { Context } from '../../context';
import { endRole } from '../../usecases/coordinator/end-role';
import { extendRole } from '../../usecases/coordinator/extend-role';
import { invitePerson, networkRoles } from '../../usecases/coordinator/invite-person';
import { mailSignInLink } from '../../usecases/coordinator/mail-sign-in-link';
import { readPeople } from '../../usecases/coordinator/read-people';
import { readField } from '../form-fields';
import { languageOptions } from '../language';
import { renderPage, type Exchange } from '../page';
import { createNetworkTabs } from '../pages/networks/network-tabs';
import { readNotice, withNotice } from '../pages/notices';
import { createPeopleView } from '../pages/people-page';
import { createWords } from '../pages/results/words';
import { seeOther } from '../see-other';
import { submitForm, type ShownFault } from '../submit-form';

const path = '/nettverk/:network/folk';

function readHeld(request: Request): { networkKey: string; grantId: string } {
  return { networkKey: String(request.params['network']), grantId: String(request.params['grant']) };
}

function pathOf(request: Request): string {
  return `/nettverk/${encodeURIComponent(String(request.params['network']))}/folk`;
}

/** Who has which role in a network, for those who give and take roles there. */
export function peopleRoutes(context: Context): Router {
  const router = Router();
  router.get(path, (request, response) => showPeople(context, { request, response }, []));
  router.post(path, async (request, response) => {
    const read = (name: string): string => readField(request, name);
    const input = {
      networkKey: request.params.network,
      email: read('email'),
      name: read('name'),
      role: read('role'),
      organisation: read('organisation'),
      language: read('language'),
      endsOn: read('ends_on'),
    };
    await submitForm(response, {
      submit: async () => {
        const { isMailed } = await invitePerson(context, response.locals.actor, input);
        return withNotice(pathOf(request), isMailed ? 'notice.person_invited' : 'notice.person_added');
      },
      showAgain: (faults) => showPeople(context, { request, response }, faults),
    });
  });
  router.post(`${path}/:grant/forleng`, async (request, response) => {
    const held = readHeld(request);
    await submitForm(response, {
      submit: async () => {
        const endsOn = readField(request, 'ends_on');
        await extendRole(context, response.locals.actor, { ...held, endsOn });
        return withNotice(pathOf(request), 'notice.role_extended');
      },
      showAgain: (faults) => {
        // Each role has such a field; the fault belongs to this one.
        const own = faults.map((fault) => ({ ...fault, field: `${fault.field}-${held.grantId}` }));
        return showPeople(context, { request, response }, own);
      },
    });
  });
  router.post(`${path}/:grant/avslutt`, async (request, response) => {
    await endRole(context, response.locals.actor, readHeld(request));
    seeOther(response, withNotice(pathOf(request), 'notice.role_ended'));
  });
  router.post(`${path}/:grant/lenke`, async (request, response) => {
    await mailSignInLink(context, response.locals.actor, readHeld(request));
    seeOther(response, withNotice(pathOf(request), 'notice.link_mailed'));
  });
  return router;
}

async function showPeople(
  context: Context,
  { request, response }: Exchange,
  faults: readonly ShownFault[],
): Promise<void> {
  const networkKey = String(request.params['network']);
  const people = await readPeople(context, response.locals.actor, { networkKey });
  const words = createWords(response.locals.language);
  const values = ['email', 'name', 'role', 'organisation', 'language', 'ends_on'] as const;
  renderPage(
    { request, response },
    'people/people',
    {
      title: words.t('people.title', { network: people.network.name }),
      isDemo: people.network.isDemo,
      ...(faults.length === 0 ? {} : { status: 422 }),
    },
    {
      view: createPeopleView(people, words),
      tabs: createNetworkTabs({ networkKey, current: 'people' }, words),
      notice: readNotice(request),
      faults,
      form: Object.fromEntries(values.map((name) => [name, readField(request, name)])),
      roleOptions: networkRoles.map((role) => ({ value: role, label: words.t(`people.role.${role}`) })),
      languageOptions,
    },
  );
}
