import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { roles, type Actor } from '../domain/permissions';
import { selectRows, type Database } from './database';

const idSchema = z.object({ id: z.string() });
const actorSchema = z.object({
  id: z.string(),
  name: z.string(),
  grants: z.array(
    z.object({ role: z.enum(roles), networkId: z.string().nullable(), organisationId: z.string().nullable() }),
  ),
});
const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  language: z.enum(languages),
});

/** How a person is called and written to. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Null: known by an identity elsewhere only. */
  readonly email: string | null;
  readonly language: Language;
}

/**
 * Reads a person with the roles that hold on a day.
 * @param db the database or a transaction
 * @param search the person, and the day as YYYY-MM-DD
 * @returns the actor, or null when there is none
 */
export async function selectActor(
  db: Database,
  search: { readonly actorId: string; readonly today: string },
): Promise<(Actor & { kind: 'person' }) | null> {
  const [row] = await selectRows(db, actorSchema, {
    sql: `SELECT actor.id, actor.name,
                 coalesce((SELECT json_agg(json_build_object('role', role_grant.role, 'networkId', role_grant.network_id,
                                   'organisationId', role_grant.organisation_id) ORDER BY role_grant.role)
                             FROM role_grant
                            WHERE role_grant.actor_id = actor.id
                              AND (role_grant.ends_on IS NULL OR role_grant.ends_on >= CAST(:today AS date))), '[]')
                   AS grants
            FROM actor WHERE actor.id = :actorId`,
    bindings: { ...search },
  });
  return row === undefined ? null : { kind: 'person', ...row };
}

/**
 * Reads how a person is called and written to.
 * @param db the database or a transaction
 * @param actorId the person
 * @returns the person, or null when there is none
 */
export async function selectOptionalPerson(db: Database, actorId: string): Promise<Person | null> {
  const [row] = await selectRows(db, personSchema, {
    sql: 'SELECT actor.id, actor.name, actor.email, actor.language FROM actor WHERE actor.id = :actorId',
    bindings: { actorId },
  });
  return row ?? null;
}

/**
 * Finds who may sign in by mail: somebody with that address and a role that holds.
 * @param db the database or a transaction
 * @param search address in lower case, and the day as YYYY-MM-DD
 * @returns id of the person, or null
 */
export async function selectOptionalActorIdByEmail(
  db: Database,
  search: { readonly email: string; readonly today: string },
): Promise<string | null> {
  const [row] = await selectRows(db, idSchema, {
    sql: `SELECT actor.id FROM actor
           WHERE actor.email = :email
             AND EXISTS (SELECT FROM role_grant
                          WHERE role_grant.actor_id = actor.id
                            AND (role_grant.ends_on IS NULL OR role_grant.ends_on >= CAST(:today AS date)))`,
    bindings: { ...search },
  });
  return row?.id ?? null;
}

/**
 * Adds a person, or finds the one with the same e-mail address.
 * @param transaction a transaction
 * @param person e-mail address in lower case, and the name and language of a new person
 * @returns id of the actor
 */
export async function insertOrFindActor(
  transaction: Database,
  person: { readonly email: string; readonly name: string; readonly language: Language },
): Promise<string> {
  const [row] = await selectRows(transaction, idSchema, {
    sql: `INSERT INTO actor (email, name, language) VALUES (:email, :name, :language)
          ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING actor.id`,
    bindings: { ...person },
  });
  if (row === undefined) throw new RangeError('no actor was returned');
  return row.id;
}

/**
 * Adds a person who is known by an identity elsewhere only.
 * @param transaction a transaction
 * @param person name and language
 * @returns id of the actor
 */
export async function insertActorWithoutAddress(
  transaction: Database,
  person: { readonly name: string; readonly language: Language },
): Promise<string> {
  const [row] = await selectRows(transaction, idSchema, {
    sql: 'INSERT INTO actor (name, language) VALUES (:name, :language) RETURNING actor.id',
    bindings: { ...person },
  });
  if (row === undefined) throw new RangeError('no actor was returned');
  return row.id;
}

/**
 * Changes how a person is called and written to.
 * @param transaction a transaction
 * @param person id, name and language
 */
export async function updatePerson(
  transaction: Database,
  person: { readonly id: string; readonly name: string; readonly language: Language },
): Promise<void> {
  await transaction.raw('UPDATE actor SET name = :name, language = :language WHERE actor.id = :id', { ...person });
}
