import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectNetworkSummaries } from '../db/overviews';
import { selectOrganisations } from '../db/organisations';
import { isIssuer } from '../domain/identity/issuer-address';
import { readRoleRules } from '../domain/identity/role-rules';
import { clientAuthentications, providerKinds, type ProviderClient, type RoleRule } from '../domain/identity/types';
import { AppError, type FieldFault } from '../errors';

/** A provider as it was written in a form or a file. */
export interface ProviderForm {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly issuer: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly authentication: string;
  /** Shared secret; empty: the one that is known stays. */
  readonly secret: string;
  readonly scopes: string;
  readonly acrValues: string;
  readonly usesUserInfo: boolean;
  /** Keys of organisations, separated by spaces or commas. */
  readonly organisations: string;
  /** One rule on a line. */
  readonly roleRules: string;
  readonly isActive: boolean;
}

/** What a form came to, without the secret itself. */
export interface CheckedProvider extends ProviderClient {
  readonly name: string;
  readonly roleRules: readonly RoleRule[];
  readonly isActive: boolean;
}

const longestKey = 60;
const longestName = 100;
const longestClientId = 500;
const identifier = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const tenant = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const entraAddress = 'https://login.microsoftonline.com/';

/** Words of a list, however they were separated. */
function readWords(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/**
 * Checks a provider as it was written.
 * @param context the process' context
 * @param db the database or a transaction
 * @param input what was written, and whether a secret for that way of authentication is known already
 * @returns the provider, and keys of its organisations
 * @throws AppError form_faulty with every fault
 */
export async function checkProviderForm(
  context: Context,
  db: Database,
  { form, hasSecret }: { readonly form: ProviderForm; readonly hasSecret: boolean },
): Promise<{ readonly checked: CheckedProvider; readonly organisations: readonly string[] }> {
  const kind = providerKinds.find((each) => each === form.kind);
  const authentication = clientAuthentications.find((each) => each === form.authentication);
  const organisations = readWords(form.organisations);
  const { rules, faults } = readRoleRules(form.roleRules);
  const scopes = readWords(form.scopes);
  const issuer = form.issuer.trim() || (kind === 'entra' ? `${entraAddress}${form.tenantId.trim()}/v2.0` : '');
  const needsSecret = authentication?.startsWith('client_secret') === true && form.secret === '' && !hasSecret;
  const fields: FieldFault[] = [
    ...checkTexts(form),
    ...listFaults({
      kind: kind !== undefined,
      authentication: authentication !== undefined,
      tenant_id: kind !== 'entra' || tenant.test(form.tenantId.trim()),
      issuer: isIssuer(issuer, context.config.environment !== 'production'),
      secret: !needsSecret,
      scopes: scopes.includes('openid'),
    }),
    ...faults.map((line): FieldFault => ({ ...fault('role_rules'), values: { line } })),
    ...(await checkPlaces(db, { organisations, rules })),
  ];
  if (kind === undefined || authentication === undefined || fields.length > 0) {
    throw new AppError('form_faulty', { fields });
  }
  const checked: CheckedProvider = {
    name: form.name.trim(),
    kind,
    issuer,
    clientId: form.clientId.trim(),
    authentication,
    tenantId: kind === 'entra' ? form.tenantId.trim().toLowerCase() : null,
    scopes: scopes.join(' '),
    acrValues: readWords(form.acrValues).join(' ') || null,
    usesUserInfo: form.usesUserInfo,
    roleRules: rules,
    isActive: form.isActive,
  };
  return { checked, organisations };
}

function fault(field: string): FieldFault {
  return { field, key: `provider.fault.${field}` };
}

function listFaults(isSound: Readonly<Record<string, boolean>>): readonly FieldFault[] {
  return Object.entries(isSound).flatMap(([field, sound]) => (sound ? [] : [fault(field)]));
}

function checkTexts({ key, name, clientId }: ProviderForm): readonly FieldFault[] {
  return listFaults({
    key: identifier.test(key) && key.length <= longestKey,
    name: name.trim() !== '' && name.length <= longestName,
    client_id: clientId.trim() !== '' && clientId.length <= longestClientId,
  });
}

/** Rules and organisations must be there; a contact's organisation is a member, and one that the provider is for. */
async function checkPlaces(
  db: Database,
  { organisations, rules }: { readonly organisations: readonly string[]; readonly rules: readonly RoleRule[] },
): Promise<readonly FieldFault[]> {
  const known = new Set((await selectOrganisations(db, { keys: organisations, orgnrs: [] })).map(({ key }) => key));
  const networks = new Map((await selectNetworkSummaries(db)).map(({ key, members }) => [key, members]));
  const isPlace = ({ network, organisation }: RoleRule): boolean => {
    const members = network === null ? [] : networks.get(network);
    if (members === undefined || organisation === null) return members !== undefined;
    const isOwn = organisations.length === 0 || organisations.includes(organisation);
    return isOwn && members.some(({ key }) => key === organisation);
  };
  const misplaced = rules.find((rule) => !isPlace(rule));
  const unknown = organisations.find((key) => !known.has(key));
  return [
    ...(unknown === undefined ? [] : [{ ...fault('organisations'), values: { key: unknown } }]),
    ...(misplaced === undefined
      ? []
      : [{ field: 'role_rules', key: 'provider.fault.role_place', values: { value: misplaced.value } }]),
  ];
}
