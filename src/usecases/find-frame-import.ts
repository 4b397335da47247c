import type { Database } from '../db/database';
import { selectOptionalFrameImport, type FrameImport } from '../db/frame-imports';
import type { Actor } from '../domain/permissions';
import { AppError } from '../errors';
import type { FrameAccess } from './frame-access';

/**
 * Stops when the frame cannot change any more.
 * @param access the frame
 * @throws AppError frame_fixed
 */
export function requireDraftFrame({ wave }: FrameAccess): void {
  if (wave.state !== 'draft') throw new AppError('frame_fixed');
}

/**
 * @param actor who asks
 * @returns id of a person who is signed in
 * @throws AppError sign_in_needed for others
 */
export function requirePerson(actor: Actor): string {
  if (actor.kind !== 'person') throw new AppError('sign_in_needed');
  return actor.id;
}

/**
 * Finds a file that somebody has uploaded for the frame of a draft wave; nobody sees files of others.
 * @param db the database or a transaction
 * @param access the frame
 * @param request who asks, id of the import, and the time now
 * @returns the file
 * @throws AppError sign_in_needed, frame_fixed, import_missing
 */
export async function findFrameImport(
  db: Database,
  access: FrameAccess,
  request: { readonly actor: Actor; readonly importId: string; readonly now: Date },
): Promise<FrameImport> {
  const actorId = requirePerson(request.actor);
  requireDraftFrame(access);
  const wanted = { waveId: access.wave.id, actorId, id: request.importId, now: request.now };
  const found = await selectOptionalFrameImport(db, wanted);
  if (found === null) throw new AppError('import_missing');
  return found;
}
