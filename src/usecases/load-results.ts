import type { Context } from '../context';
import type { ResultWave } from '../db/released-waves';
import type { ReleaseHeader } from '../db/releases';
import type { Codebook } from '../domain/instrument/codebook';
import type { Action, Actor } from '../domain/permissions';
import { AppError } from '../errors';
import { requireRight } from './authorise';

/** A released wave with everything but its figures. */
export interface Results {
  readonly wave: ResultWave;
  readonly release: ReleaseHeader;
  readonly codebook: Codebook;
}

/**
 * Loads the newest release of a wave for somebody who may have it. Nothing of an unreleased wave is ever read.
 * @param context the process' context
 * @param actor who asks
 * @param request wave key, and what they want to do with the figures
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, or release_missing when the wave has no release
 */
export async function loadResults(
  context: Context,
  actor: Actor,
  request: { readonly waveKey: string; readonly action: Action },
): Promise<Results> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const known = await context.results.load(context.db, request.waveKey);
  if (known === null) throw new AppError('wave_unknown', { values: { key: request.waveKey } });
  const { wave, release } = known;
  requireRight(actor, request.action, { networkId: wave.network.id, organisationId: null });
  if (wave.state !== 'released' || release === null) throw new AppError('release_missing');
  const { codebook } = await context.instruments.load(context.db, wave.instrumentVersionId);
  return { wave, release, codebook };
}
