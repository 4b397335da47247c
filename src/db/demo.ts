import { z } from 'zod';
import type { Role } from '../domain/permissions';
import { selectRows, type Database } from './database';

const idSchema = z.object({ id: z.string() });

/**
 * Tells whether anything at all has been entered.
 * @param db the database or a transaction
 * @returns true when there is no network and nobody who may sign in
 */
export async function isInstallationEmpty(db: Database): Promise<boolean> {
  const [row] = await selectRows(db, z.object({ is_empty: z.boolean() }), {
    sql: 'SELECT NOT EXISTS (SELECT FROM network) AND NOT EXISTS (SELECT FROM actor) AS is_empty',
    bindings: {},
  });
  return row?.is_empty ?? false;
}

/**
 * Finds the demo network.
 * @param db the database or a transaction
 * @returns its id, or null when the installation has none
 */
export async function selectOptionalDemoNetworkId(db: Database): Promise<string | null> {
  const [row] = await selectRows(db, idSchema, {
    sql: 'SELECT network.id FROM network WHERE network.is_demo ORDER BY network.key LIMIT 1',
    bindings: {},
  });
  return row?.id ?? null;
}

/**
 * Finds somebody in the demo network who can still answer.
 * @param db the database or a transaction
 * @param networkId the demo network
 * @returns id of an invitation that nobody has opened or answered, or null when there is none left
 */
export async function selectOptionalFreshInvitationId(db: Database, networkId: string): Promise<string | null> {
  const [row] = await selectRows(db, idSchema, {
    sql: `SELECT invitation.id
            FROM invitation JOIN wave ON wave.id = invitation.wave_id
           WHERE wave.network_id = :networkId AND wave.state = 'open'
             AND invitation.disposition IS NULL AND invitation.opened_on IS NULL
           ORDER BY random() LIMIT 1`,
    bindings: { networkId },
  });
  return row?.id ?? null;
}

/**
 * Finds the person of the demo with a role: of its network, or the administrator that came with it.
 * @param db the database or a transaction
 * @param search the demo network and the role
 * @returns id of the actor, or null
 */
export async function selectOptionalDemoActorId(
  db: Database,
  search: { readonly networkId: string; readonly role: Role },
): Promise<string | null> {
  const [row] = await selectRows(db, idSchema, {
    sql: `SELECT actor.id FROM role_grant JOIN actor ON actor.id = role_grant.actor_id
           WHERE role_grant.role = :role AND actor.email LIKE '%@example.org'
             AND (role_grant.network_id = :networkId OR role_grant.role = 'administrator')
           ORDER BY actor.name, actor.id LIMIT 1`,
    bindings: { ...search },
  });
  return row?.id ?? null;
}
