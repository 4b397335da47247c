import { z } from 'zod';
import type { RoleRule } from '../domain/identity/types';
import { roles, type Role } from '../domain/permissions';
import { selectRows, type Database } from './database';

const changeSchema = z
  .object({ role: z.enum(roles), network_id: z.string().nullable(), change: z.enum(['given', 'taken']) })
  .transform(({ role, network_id, change }) => ({ role, networkId: network_id, change }));

/** A role that came or went because of a provider's rules. */
export interface RoleChange {
  readonly role: Role;
  readonly networkId: string | null;
  readonly change: 'given' | 'taken';
}

const wantedRules = `
  SELECT DISTINCT wanted.role, network.id AS network_id, organisation.id AS organisation_id
    FROM jsonb_to_recordset(CAST(:rules AS jsonb)) AS wanted (role text, network text, organisation text)
    LEFT JOIN network ON network.key = wanted.network
    LEFT JOIN organisation ON organisation.key = wanted.organisation
         AND EXISTS (SELECT FROM network_member
                      WHERE network_member.network_id = network.id
                        AND network_member.organisation_id = organisation.id)
   WHERE (wanted.network IS NULL) = (network.id IS NULL) AND (wanted.organisation IS NULL) = (organisation.id IS NULL)`;

/**
 * Makes the roles that a provider's rules give somebody the ones that hold; roles given by hand stay as they are. A rule
 * for a network or an organisation that is no more gives nothing.
 * @param transaction a transaction
 * @param holder the person, the provider, the rules that the claims fulfil, and the day as YYYY-MM-DD
 * @returns what came and went
 */
export async function replaceMappedRoles(
  transaction: Database,
  holder: {
    readonly actorId: string;
    readonly providerId: string;
    readonly rules: readonly RoleRule[];
    readonly today: string;
  },
): Promise<readonly RoleChange[]> {
  const { actorId, providerId, today } = holder;
  const bindings = { actorId, providerId, rules: JSON.stringify(holder.rules) };
  const taken = await selectRows(transaction, changeSchema, {
    sql: `DELETE FROM role_grant
           WHERE role_grant.actor_id = :actorId AND role_grant.provider_id = :providerId
             AND NOT EXISTS (SELECT FROM (${wantedRules}) AS wanted
                              WHERE wanted.role = role_grant.role
                                AND wanted.network_id IS NOT DISTINCT FROM role_grant.network_id
                                AND wanted.organisation_id IS NOT DISTINCT FROM role_grant.organisation_id)
          RETURNING role_grant.role, role_grant.network_id, 'taken' AS change`,
    bindings,
  });
  const given = await selectRows(transaction, changeSchema, {
    sql: `INSERT INTO role_grant AS known (actor_id, role, network_id, organisation_id, provider_id)
          SELECT :actorId, wanted.role, wanted.network_id, wanted.organisation_id, CAST(:providerId AS uuid)
            FROM (${wantedRules}) AS wanted
          ON CONFLICT (actor_id, role, coalesce(network_id::text, ''), coalesce(organisation_id::text, ''))
          DO UPDATE SET provider_id = excluded.provider_id, ends_on = NULL WHERE known.ends_on < CAST(:today AS date)
          RETURNING known.role, known.network_id, 'given' AS change`,
    bindings: { ...bindings, today },
  });
  return [...taken, ...given];
}
