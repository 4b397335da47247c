import type { Account } from '../../usecases/person/read-account';
import { formatDate, formatMoment } from './format-date';
import type { Words } from './results/words';

/** What `views/account/account` shows. */
export interface AccountView {
  readonly email: string | null;
  readonly roles: readonly { readonly role: string; readonly place: string; readonly note: string | null }[];
  readonly identities: readonly { readonly id: string; readonly name: string }[];
  readonly otherProviders: Account['otherProviders'];
  readonly sessions: readonly {
    readonly id: string;
    readonly isCurrent: boolean;
    readonly lines: readonly string[];
  }[];
}

/**
 * Puts what somebody sees of themselves into words.
 * @param account what was read
 * @param words wording of the reader's language
 */
export function createAccountView(account: Account, words: Words): AccountView {
  const { language, t } = words;
  return {
    email: account.person.email,
    roles: account.roles.map(({ role, networkName, organisationName, endsOn, providerName }) => ({
      role: t(`people.role.${role}`),
      place: [organisationName, networkName ?? t('people.whole_installation')]
        .filter((name) => name !== null)
        .join(', '),
      note: describeTerm({ endsOn, providerName }, words),
    })),
    identities: account.identities.map(({ id, providerName }) => ({ id, name: providerName })),
    otherProviders: account.otherProviders,
    sessions: account.sessions.map(({ id, isCurrent, signedInAt, lastUsedAt, providerName }) => ({
      id,
      isCurrent,
      lines: [
        t('account.session.signed_in', { when: formatMoment(language, signedInAt) }),
        t('account.session.used', { when: formatMoment(language, lastUsedAt) }),
        providerName === null ? t('account.session.by_link') : t('account.session.by_provider', { name: providerName }),
      ],
    })),
  };
}

/**
 * Says how long a role holds and where it comes from.
 * @param held last day as YYYY-MM-DD, and name of the provider whose rules gave it
 * @param words wording of the reader's language
 * @returns a sentence, or null when there is nothing to say
 */
export function describeTerm(
  { endsOn, providerName }: { readonly endsOn: string | null; readonly providerName: string | null },
  { language, t }: Words,
): string | null {
  if (endsOn !== null) return t('people.until', { date: formatDate(language, endsOn) });
  return providerName === null ? null : t('people.from_provider', { name: providerName });
}
