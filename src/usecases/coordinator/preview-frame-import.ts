import type { Context } from '../../context';
import type { Organisation } from '../../db/organisations';
import type { Wave } from '../../db/waves';
import type { Population } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findFrameImport } from '../find-frame-import';
import { findFrame } from '../frame-access';
import { planFrameImport, type FrameImportPlan } from '../plan-frame-import';

/** What a file would do to the frame, before anything is done. */
export interface FramePreview extends FrameImportPlan {
  readonly wave: Wave;
  readonly population: Population;
  readonly members: readonly Organisation[];
  readonly fileName: string;
  /** A sample has been drawn from the frame, and would have to be drawn anew. */
  readonly hasSample: boolean;
}

/**
 * Shows what an uploaded file would do to the frame; stores nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and id of the import
 * @returns every fault by row and column, and what would be added, changed and removed
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, import_missing
 */
export async function previewFrameImport(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly importId: string },
): Promise<FramePreview> {
  const access = await findFrame(context.db, actor, input);
  const request = { actor, importId: input.importId, now: context.now() };
  const { mapping, ...upload } = await findFrameImport(context.db, access, request);
  if (mapping === null) throw new AppError('import_missing');
  return {
    ...(await planFrameImport(context.db, access, { ...upload, mapping })),
    wave: access.wave,
    population: access.population,
    members: access.organisations,
    fileName: upload.fileName,
    hasSample: access.sample !== null,
  };
}
