import { z } from 'zod';
import { roles, type Role, type RoleGrant } from '../domain/permissions';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ id: z.string() });

/** A role that somebody has, as those who administer people see it. */
export interface HeldRole {
  readonly id: string;
  readonly actorId: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  readonly networkId: string | null;
  readonly networkName: string | null;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  /** Last day, YYYY-MM-DD; null: until it is ended. */
  readonly endsOn: string | null;
  /** The provider whose rules gave it; null: given by hand. */
  readonly providerName: string | null;
}

const heldSchema = z
  .object({
    id: z.string(),
    actor_id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(roles),
    network_id: z.string().nullable(),
    network_name: z.string().nullable(),
    organisation_id: z.string().nullable(),
    organisation_name: z.string().nullable(),
    ends_on: z.string().nullable(),
    provider_name: z.string().nullable(),
  })
  .transform((row): HeldRole => ({
    id: row.id,
    actorId: row.actor_id,
    name: row.name,
    email: row.email,
    role: row.role,
    networkId: row.network_id,
    networkName: row.network_name,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    endsOn: row.ends_on,
    providerName: row.provider_name,
  }));

const heldColumns = `role_grant.id, role_grant.actor_id, actor.name, actor.email, role_grant.role, role_grant.network_id,
  network.name AS network_name, role_grant.organisation_id, organisation.name AS organisation_name, role_grant.ends_on,
  identity_provider.name AS provider_name`;
const heldTables = `role_grant JOIN actor ON actor.id = role_grant.actor_id
  LEFT JOIN network ON network.id = role_grant.network_id
  LEFT JOIN organisation ON organisation.id = role_grant.organisation_id
  LEFT JOIN identity_provider ON identity_provider.id = role_grant.provider_id`;
const byRole = `array_position(ARRAY['administrator', 'coordinator', 'organisation_contact', 'researcher'], role_grant.role),
  organisation.name, actor.name, role_grant.id`;

/**
 * Lists the roles that hold in a network, or those for the whole installation.
 * @param db the database or a transaction
 * @param search the network, null for administrators; and the day as YYYY-MM-DD
 * @returns the roles, by kind, organisation and name
 */
export async function selectHeldRoles(
  db: Database,
  search: { readonly networkId: string | null; readonly today: string },
): Promise<readonly HeldRole[]> {
  return selectRows(db, heldSchema, {
    sql: `SELECT ${heldColumns} FROM ${heldTables}
           WHERE role_grant.network_id IS NOT DISTINCT FROM CAST(:networkId AS uuid)
             AND (role_grant.ends_on IS NULL OR role_grant.ends_on >= CAST(:today AS date))
           ORDER BY ${byRole}`,
    bindings: { ...search },
  });
}

/**
 * Lists the roles of one person that hold.
 * @param db the database or a transaction
 * @param search the person, and the day as YYYY-MM-DD
 * @returns the roles
 */
export async function selectRolesOfPerson(
  db: Database,
  search: { readonly actorId: string; readonly today: string },
): Promise<readonly HeldRole[]> {
  return selectRows(db, heldSchema, {
    sql: `SELECT ${heldColumns} FROM ${heldTables}
           WHERE role_grant.actor_id = :actorId
             AND (role_grant.ends_on IS NULL OR role_grant.ends_on >= CAST(:today AS date))
           ORDER BY ${byRole}`,
    bindings: { ...search },
  });
}

/**
 * Finds a role of a network (or of the whole installation), and keeps others from changing it.
 * @param transaction a transaction
 * @param search id of the role as text, and the network; null for administrators
 * @returns the role, or null when the network has none of that id
 */
export async function selectOptionalHeldRoleForUpdate(
  transaction: Database,
  search: { readonly grantId: string; readonly networkId: string | null },
): Promise<HeldRole | null> {
  const [row] = await selectRows(transaction, heldSchema, {
    sql: `SELECT ${heldColumns} FROM ${heldTables}
           WHERE CAST(role_grant.id AS text) = :grantId
             AND role_grant.network_id IS NOT DISTINCT FROM CAST(:networkId AS uuid)
             FOR UPDATE OF role_grant`,
    bindings: { ...search },
  });
  return row ?? null;
}

/**
 * Finds a role by its id.
 * @param db the database or a transaction
 * @param grantId id of the role
 * @returns the role, or null when it was ended
 */
export async function selectOptionalHeldRole(db: Database, grantId: string): Promise<HeldRole | null> {
  const [row] = await selectRows(db, heldSchema, {
    sql: `SELECT ${heldColumns} FROM ${heldTables} WHERE role_grant.id = :grantId`,
    bindings: { grantId },
  });
  return row ?? null;
}

/** A role that is to be given. */
export interface NewRoleGrant extends RoleGrant {
  readonly actorId: string;
  /** Last day, YYYY-MM-DD; null: until it is ended. */
  readonly endsOn: string | null;
}

/**
 * Gives a role by hand. A role that a provider's rule gave, or that would end sooner, is taken over.
 * @param transaction a transaction
 * @param grant the person and the role with its network, organisation and last day
 * @returns id of the role
 */
export async function insertRoleGrant(transaction: Database, grant: NewRoleGrant): Promise<string> {
  const [row] = await selectRows(transaction, rowSchema, {
    sql: `INSERT INTO role_grant (actor_id, role, network_id, organisation_id, ends_on)
          VALUES (:actorId, :role, :networkId, :organisationId, :endsOn)
          ON CONFLICT (actor_id, role, coalesce(network_id::text, ''), coalesce(organisation_id::text, ''))
          DO UPDATE SET provider_id = NULL,
                        ends_on = CASE WHEN role_grant.provider_id IS NOT NULL THEN excluded.ends_on
                                       WHEN role_grant.ends_on IS NULL OR excluded.ends_on IS NULL THEN NULL
                                       ELSE greatest(role_grant.ends_on, excluded.ends_on) END
          RETURNING role_grant.id`,
    bindings: { ...grant },
  });
  if (row === undefined) throw new RangeError('no role was returned');
  return row.id;
}

/**
 * Changes the last day of a role.
 * @param transaction a transaction
 * @param grant id of the role and the day, YYYY-MM-DD
 */
export async function updateRoleGrantEnd(
  transaction: Database,
  grant: { readonly id: string; readonly endsOn: string },
): Promise<void> {
  await transaction.raw('UPDATE role_grant SET ends_on = :endsOn WHERE role_grant.id = :id', { ...grant });
}

/**
 * Takes a role away.
 * @param transaction a transaction
 * @param grantId id of the role
 */
export async function deleteRoleGrant(transaction: Database, grantId: string): Promise<void> {
  await transaction.raw('DELETE FROM role_grant WHERE role_grant.id = :grantId', { grantId });
}

/**
 * Counts administrators whose role has no end, and keeps others from taking theirs away at the same time.
 * @param transaction a transaction
 * @returns number of administrators
 */
export async function countAdministratorsForUpdate(transaction: Database): Promise<number> {
  const rows = await selectRows(transaction, rowSchema, {
    sql: `SELECT role_grant.id FROM role_grant WHERE role_grant.role = 'administrator' ORDER BY role_grant.id FOR UPDATE`,
  });
  return rows.length;
}
