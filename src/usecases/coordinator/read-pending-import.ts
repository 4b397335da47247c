import type { Context } from '../../context';
import { selectPendingFrameImport, type PendingFrameImport } from '../../db/frame-imports';
import type { Organisation } from '../../db/organisations';
import type { Wave } from '../../db/waves';
import type { Population } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { requireDraftFrame, requirePerson } from '../find-frame-import';
import { findFrame } from '../frame-access';

/** What the page for uploading shows. */
export interface FrameUploads {
  readonly wave: Wave;
  readonly population: Population;
  readonly organisations: readonly Organisation[];
  readonly isWhole: boolean;
  /** The file that the actor has not finished with; null: none. */
  readonly pending: PendingFrameImport | null;
}

/**
 * Tells who may upload what for the frame of a draft wave, and which file waits.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns the wave, the organisations that a file may be about, and the file that waits
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed
 */
export async function readPendingImport(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<FrameUploads> {
  const access = await findFrame(context.db, actor, input);
  const actorId = requirePerson(actor);
  requireDraftFrame(access);
  const { wave, population, organisations, isWhole } = access;
  const pending = await selectPendingFrameImport(context.db, { waveId: wave.id, actorId, now: context.now() });
  return { wave, population, organisations, isWhole, pending };
}
