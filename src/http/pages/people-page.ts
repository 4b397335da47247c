import type { NetworkPeople } from '../../usecases/coordinator/read-people';
import { describeTerm } from './account-page';
import { formatDate } from './format-date';
import type { Words } from './results/words';

type HeldRole = NetworkPeople['people'][number];

/** Somebody with a role, in words. */
export interface ShownRole {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly organisation: string | null;
  readonly role: string;
  readonly note: string | null;
  /** Last day, YYYY-MM-DD; null: the role has none that could be changed. */
  readonly endsOn: string | null;
}

/** What `views/people/people` shows. */
export interface PeopleView {
  readonly network: NetworkPeople['network'];
  readonly address: string;
  readonly groups: readonly { readonly role: string; readonly name: string; readonly people: readonly ShownRole[] }[];
  readonly organisationOptions: readonly { readonly value: string; readonly label: string }[];
  readonly hasMail: boolean;
  readonly contactEndsOn: string;
}

/**
 * Puts a role into words.
 * @param held the role
 * @param words wording of the reader's language
 */
export function showRole(held: HeldRole, words: Words): ShownRole {
  const { id, name, email, role, organisationName, endsOn, providerName } = held;
  return {
    id,
    name,
    email,
    organisation: organisationName,
    role: words.t(`people.role.${role}`),
    note: describeTerm({ endsOn, providerName }, words),
    endsOn: providerName === null ? endsOn : null,
  };
}

/**
 * Puts who has which role into words.
 * @param people what was read
 * @param words wording of the reader's language
 */
export function createPeopleView(people: NetworkPeople, words: Words): PeopleView {
  const { network, organisations, hasMail, contactEndsOn } = people;
  const roles = [...new Set(people.people.map(({ role }) => role))];
  return {
    network,
    address: `/nettverk/${encodeURIComponent(network.key)}/folk`,
    groups: roles.map((role) => ({
      role,
      name: words.t(`people.roles.${role}`),
      people: people.people.filter((held) => held.role === role).map((held) => showRole(held, words)),
    })),
    organisationOptions: [
      { value: '', label: words.t('people.form.no_organisation') },
      ...organisations.map(({ key, name }) => ({ value: key, label: name })),
    ],
    hasMail,
    contactEndsOn: contactEndsOn === null ? '' : formatDate(words.language, contactEndsOn),
  };
}
