import type { Context } from '../../context';
import type { ListedUnit } from '../../db/frame-pages';
import type { Actor } from '../../domain/permissions';
import { requireDraftFrame } from '../find-frame-import';
import { findFrame, type FrameAccess } from '../frame-access';
import { findUnit } from '../frame-unit';

/** A unit with the frame it stands in. */
export interface UnitPage extends FrameAccess {
  /** Null: a new one. */
  readonly unit: ListedUnit | null;
}

/**
 * Shows a unit of a frame, or what a new one needs.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and id of the unit (null: a new one, of a draft wave)
 * @returns the unit and what may be chosen
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, unit_unknown
 */
export async function readUnit(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly unitId: string | null },
): Promise<UnitPage> {
  const access = await findFrame(context.db, actor, input);
  if (input.unitId === null) requireDraftFrame(access);
  return { ...access, unit: input.unitId === null ? null : await findUnit(context.db, access, input.unitId) };
}
