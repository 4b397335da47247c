import type { Database } from '../db/database';
import { selectMembers, type Organisation } from '../db/organisations';
import { selectWavePopulation, type WavePopulation } from '../db/wave-samples';
import type { Wave } from '../db/waves';
import { can, type Actor } from '../domain/permissions';
import { AppError } from '../errors';
import { findWave, findWaveForUpdate } from './authorise';

/** A wave's frame as far as somebody may maintain it. */
export interface FrameAccess extends WavePopulation {
  readonly wave: Wave;
  /** Organisations whose part the actor may maintain, by key. */
  readonly organisations: readonly Organisation[];
  /** Whether that is the whole frame. */
  readonly isWhole: boolean;
}

interface FrameRequest {
  readonly waveKey: string;
  /** Set to keep others from changing the wave until the transaction ends. */
  readonly isUpdate?: boolean;
}

/**
 * Finds the frame of a wave for somebody who may maintain all of it or one organisation's part. To people of other networks
 * a wave that is there looks like one that is not.
 * @param db the database, or a transaction
 * @param actor who asks
 * @param request key of the wave
 * @returns the wave and the organisations whose part the actor may maintain
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function findFrame(db: Database, actor: Actor, request: FrameRequest): Promise<FrameAccess> {
  const find = request.isUpdate === true ? findWaveForUpdate : findWave;
  const wave = await find(db, actor, { key: request.waveKey, action: 'maintain frame', scope: 'somewhere' });
  const members = await selectMembers(db, wave.networkId);
  const { networkId } = wave;
  const isWhole = can(actor, 'maintain frame', { networkId, organisationId: null });
  const organisations = members.filter(({ id }) => can(actor, 'maintain frame', { networkId, organisationId: id }));
  return { wave, organisations, isWhole, ...(await selectWavePopulation(db, wave.id)) };
}

/**
 * Stops somebody who may maintain one organisation's part only.
 * @param access what the actor may maintain
 * @throws AppError not_allowed
 */
export function requireWhole(access: FrameAccess): void {
  if (!access.isWhole) throw new AppError('not_allowed');
}
