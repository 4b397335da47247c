import { selectOptionalNetwork, type Network } from '../db/networks';
import type { Database } from '../db/database';
import { selectOptionalWave, selectOptionalWaveForUpdate, type Wave } from '../db/waves';
import { can, canSomewhere, hasRoleIn, type Action, type Actor, type Subject } from '../domain/permissions';
import { isNextState, stateBefore } from '../domain/fieldwork/wave-state';
import { AppError } from '../errors';

/** The whole installation as the subject of a right. */
export const installation: Subject = { networkId: null, organisationId: null };

/**
 * Stops somebody who may not do something.
 * @param actor who asks
 * @param action what they want to do
 * @param subject what it concerns
 * @throws AppError sign_in_needed for somebody who has not signed in, not_allowed for anybody else without the right
 */
export function requireRight(actor: Actor, action: Action, subject: Subject): void {
  if (can(actor, action, subject)) return;
  throw new AppError(actor.kind === 'anonymous' ? 'sign_in_needed' : 'not_allowed');
}

/**
 * Stops somebody who has no role in a network with the answer that something which does not exist gets, so that keys of
 * other networks cannot be found by trying.
 * @param actor who asks
 * @param networkId the network
 * @param unknown what is told when there is nothing
 * @throws AppError sign_in_needed for somebody who has not signed in; else `unknown`
 */
export function requireRoleIn(actor: Actor, networkId: string, unknown: AppError): void {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  if (!hasRoleIn(actor, networkId)) throw unknown;
}

/**
 * Finds a network for somebody who has a right in it.
 * @param db the database or a transaction
 * @param actor who asks
 * @param request key of the network and what is to be done
 * @returns the network
 * @throws AppError sign_in_needed, network_unknown for somebody without a role in it too, or not_allowed
 */
export async function findNetwork(
  db: Database,
  actor: Actor,
  request: { readonly key: string; readonly action: Action },
): Promise<Network> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const network = await selectOptionalNetwork(db, request.key);
  const unknown = new AppError('network_unknown', { values: { key: request.key } });
  if (network === null) throw unknown;
  requireRoleIn(actor, network.id, unknown);
  requireRight(actor, request.action, { networkId: network.id, organisationId: null });
  return network;
}

interface WaveRequest {
  readonly key: string;
  readonly action: Action;
  /** 'network' (left out): they may do it in the whole network; 'somewhere': a part, such as one organisation, is enough. */
  readonly scope?: 'network' | 'somewhere';
}

/**
 * Finds a wave for somebody who has a right in its network.
 * @param db the database or a transaction
 * @param actor who asks
 * @param request key of the wave, what is to be done and how much of it they must be allowed to
 * @returns the wave
 * @throws AppError sign_in_needed, wave_unknown for somebody without a role in its network too, or not_allowed
 */
export async function findWave(db: Database, actor: Actor, request: WaveRequest): Promise<Wave> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const wave = await selectOptionalWave(db, request.key);
  const unknown = new AppError('wave_unknown', { values: { key: request.key } });
  if (wave === null) throw unknown;
  requireRoleIn(actor, wave.networkId, unknown);
  if (request.scope === 'somewhere' && canSomewhere(actor, request.action, wave.networkId)) return wave;
  requireRight(actor, request.action, { networkId: wave.networkId, organisationId: null });
  return wave;
}

/**
 * Finds a wave for somebody who has a right in its network, and keeps others from changing it until the transaction ends.
 * @param transaction a transaction
 * @param actor who asks
 * @param request key of the wave and what is to be done
 * @returns the wave
 * @throws AppError sign_in_needed, wave_unknown for somebody without a role in its network too, or not_allowed
 */
export async function findWaveForUpdate(transaction: Database, actor: Actor, request: WaveRequest): Promise<Wave> {
  const known = await findWave(transaction, actor, request);
  return (await selectOptionalWaveForUpdate(transaction, request.key)) ?? known;
}

/**
 * Stops when a wave is not in the state that is needed.
 * @param wave the wave
 * @param needed the state
 * @throws AppError wave_state
 */
export function requireState(wave: Wave, needed: Wave['state']): void {
  if (wave.state === needed) return;
  throw new AppError('wave_state', { values: { key: wave.key, state: wave.state, needed } });
}

/**
 * Stops when a wave cannot go on to a state now.
 * @param wave the wave
 * @param next the state it is to have
 * @throws AppError wave_state
 */
export function requireNextState(wave: Wave, next: Wave['state']): void {
  if (!isNextState(wave.state, next)) requireState(wave, stateBefore(next));
}

/**
 * @param actor who does something
 * @returns their id for audit events; null for the operator at the command line
 */
export function idOf(actor: Actor): string | null {
  return actor.kind === 'person' ? actor.id : null;
}
