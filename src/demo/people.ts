import type { Context } from '../context';
import { operator, type Actor } from '../domain/permissions';
import { grantRole, type GrantRoleInput } from '../usecases/administrator/grant-role';
import { inviteAdministrator } from '../usecases/administrator/invite-administrator';
import { changeAccount } from '../usecases/person/change-account';
import { loadActor } from '../usecases/visitor/load-actor';

/** Who looks after the members. The person and the address are made up. */
const contacts = [
  ['asker', 'Aud i Asker'],
  ['drammen', 'Dag i Drammen'],
  ['barum', 'Berit i Bærum'],
  ['oslo', 'Odd i Oslo'],
  ['akershus', 'Tone i Akershus'],
  ['buskerud', 'Bjarne i Buskerud'],
  ['vestfold', 'Vilde i Vestfold'],
] as const;

/** Who runs the waves of the demo. */
export const coordinatorAddress = 'koordinator@example.org';

const others = [
  { role: 'coordinator', name: 'Kari Koordinator', email: coordinatorAddress },
  { role: 'coordinator', name: 'Knut Koordinator', email: 'knut@example.org' },
  { role: 'researcher', name: 'Frode Forsker', email: 'forsker@example.org' },
] as const;

/**
 * Gives the people of the demo their roles: an administrator, two coordinators, a contact of every member, a researcher.
 * @param context context inside the demo's transaction
 * @param networkKey the demo network
 * @returns the first coordinator, who runs the waves
 */
export async function grantDemoRoles(context: Context, networkKey: string): Promise<Actor> {
  const administrator = await inviteAdministrator(context, operator, { email: 'administrator@example.org' });
  const ada = await loadActor(context, administrator.actorId);
  await changeAccount(context, ada, { name: 'Ada Administrator', language: 'nb' });
  const grant = async (person: Omit<GrantRoleInput, 'networkKey'>): Promise<string> => {
    const { actorId } = await grantRole(context, operator, { ...person, networkKey });
    return actorId;
  };
  const ids: string[] = [];
  for (const person of others) ids.push(await grant(person));
  for (const [organisationKey, name] of contacts) {
    await grant({ role: 'organisation_contact', name, email: `${organisationKey}@example.org`, organisationKey });
  }
  return loadActor(context, ids[0] ?? '');
}
