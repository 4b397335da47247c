import { z } from 'zod';
import { clientAuthentications, providerKinds, type IdentityProvider } from '../domain/identity/types';
import { roles } from '../domain/permissions';
import { selectRows, type Database } from './database';

/** A provider as it is stored. */
export interface StoredProvider extends IdentityProvider {
  /** Sealed secret or private key; null where none is needed. */
  readonly sealedSecret: Buffer | null;
  /** Organisations whose people sign in with it, by name; none: anybody's. */
  readonly organisations: readonly { readonly key: string; readonly name: string }[];
}

const rowSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    kind: z.enum(providerKinds),
    issuer: z.string(),
    client_id: z.string(),
    authentication: z.enum(clientAuthentications),
    sealed_secret: z.instanceof(Buffer).nullable(),
    tenant_id: z.string().nullable(),
    scopes: z.string(),
    acr_values: z.string().nullable(),
    uses_user_info: z.boolean(),
    role_rules: z.array(
      z.object({
        claim: z.string(),
        value: z.string(),
        role: z.enum(roles),
        network: z.string().nullable(),
        organisation: z.string().nullable(),
      }),
    ),
    is_active: z.boolean(),
    organisations: z.array(z.object({ key: z.string(), name: z.string() })),
  })
  .transform((row): StoredProvider => ({
    id: row.id,
    key: row.key,
    name: row.name,
    kind: row.kind,
    issuer: row.issuer,
    clientId: row.client_id,
    authentication: row.authentication,
    sealedSecret: row.sealed_secret,
    tenantId: row.tenant_id,
    scopes: row.scopes,
    acrValues: row.acr_values,
    usesUserInfo: row.uses_user_info,
    roleRules: row.role_rules,
    isActive: row.is_active,
    organisations: row.organisations,
  }));

const columns = `identity_provider.id, identity_provider.key, identity_provider.name, identity_provider.kind,
  identity_provider.issuer, identity_provider.client_id, identity_provider.authentication,
  identity_provider.sealed_secret, identity_provider.tenant_id, identity_provider.scopes, identity_provider.acr_values,
  identity_provider.uses_user_info, identity_provider.role_rules, identity_provider.is_active,
  coalesce((SELECT json_agg(json_build_object('key', organisation.key, 'name', organisation.name) ORDER BY organisation.name)
              FROM identity_provider_organisation
              JOIN organisation ON organisation.id = identity_provider_organisation.organisation_id
             WHERE identity_provider_organisation.provider_id = identity_provider.id), '[]') AS organisations`;

/**
 * Lists all providers.
 * @param db the database or a transaction
 * @returns providers by name
 */
export async function selectProviders(db: Database): Promise<readonly StoredProvider[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM identity_provider ORDER BY identity_provider.name, identity_provider.key`,
  });
}

/**
 * Finds a provider by its key.
 * @param db the database or a transaction
 * @param key key of the provider
 * @returns the provider, or null when there is none
 */
export async function selectOptionalProvider(db: Database, key: string): Promise<StoredProvider | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT ${columns} FROM identity_provider WHERE identity_provider.key = :key`,
    bindings: { key },
  });
  return row ?? null;
}

function toBindings({ roleRules, ...provider }: NewProvider) {
  return { ...provider, roleRules: JSON.stringify(roleRules) };
}

/** What is stored about a provider. */
export type NewProvider = Omit<StoredProvider, 'id' | 'organisations'>;

/**
 * Adds a provider without organisations.
 * @param transaction a transaction
 * @param provider the provider
 * @returns its id
 */
export async function insertProvider(transaction: Database, provider: NewProvider): Promise<string> {
  const [row] = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO identity_provider (key, name, kind, issuer, client_id, authentication, sealed_secret, tenant_id,
                                         scopes, acr_values, uses_user_info, role_rules, is_active)
          VALUES (:key, :name, :kind, :issuer, :clientId, :authentication, :sealedSecret, :tenantId, :scopes, :acrValues,
                  :usesUserInfo, CAST(:roleRules AS jsonb), :isActive) RETURNING identity_provider.id`,
    bindings: toBindings(provider),
  });
  if (row === undefined) throw new RangeError('no provider was returned');
  return row.id;
}

/**
 * Changes everything about a provider but its key.
 * @param transaction a transaction
 * @param provider the provider as it is to be
 */
export async function updateProvider(transaction: Database, provider: NewProvider): Promise<void> {
  await transaction.raw(
    `UPDATE identity_provider
        SET name = :name, kind = :kind, issuer = :issuer, client_id = :clientId, authentication = :authentication,
            sealed_secret = :sealedSecret, tenant_id = :tenantId, scopes = :scopes, acr_values = :acrValues,
            uses_user_info = :usesUserInfo, role_rules = CAST(:roleRules AS jsonb), is_active = :isActive
      WHERE identity_provider.key = :key`,
    toBindings(provider),
  );
}

/**
 * Says whose people sign in with a provider.
 * @param transaction a transaction
 * @param providerId the provider
 * @param keys keys of organisations
 */
export async function replaceProviderOrganisations(
  transaction: Database,
  providerId: string,
  keys: readonly string[],
): Promise<void> {
  await transaction.raw('DELETE FROM identity_provider_organisation WHERE provider_id = :providerId', { providerId });
  await transaction.raw(
    `INSERT INTO identity_provider_organisation (provider_id, organisation_id)
     SELECT :providerId, organisation.id FROM organisation
      WHERE organisation.key IN (SELECT jsonb_array_elements_text(CAST(:keys AS jsonb)))`,
    { providerId, keys: JSON.stringify(keys) },
  );
}

/**
 * Removes a provider with its identities and the roles that its rules gave.
 * @param transaction a transaction
 * @param providerId the provider
 */
export async function deleteProvider(transaction: Database, providerId: string): Promise<void> {
  await transaction.raw('DELETE FROM role_grant WHERE role_grant.provider_id = :providerId', { providerId });
  await transaction.raw('DELETE FROM identity_provider WHERE identity_provider.id = :providerId', { providerId });
}
