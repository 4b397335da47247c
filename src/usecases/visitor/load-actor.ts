import type { Context } from '../../context';
import { selectActor } from '../../db/actors';
import { toDate } from '../../domain/fieldwork/wave-state';
import { anonymous, type Actor } from '../../domain/permissions';

/**
 * Reads who a session belongs to, with the roles that hold right now.
 * @param context the process' context
 * @param actorId id kept in the session
 * @returns the actor, or nobody when the actor no longer exists
 */
export async function loadActor(context: Context, actorId: string): Promise<Actor> {
  return (await selectActor(context.db, { actorId, today: toDate(context.now()) })) ?? anonymous;
}
