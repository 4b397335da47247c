import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import {
  deleteWaitingRequest,
  selectOptionalReleaseRequest,
  updateReleaseRequestApproved,
  type ReleaseRequest,
} from '../../db/release-requests';
import type { Wave } from '../../db/waves';
import type { AuditAction } from '../../domain/audit-actions';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, requireNextState } from '../authorise';
import { enqueueWaveStep } from '../enqueue-wave-step';
import { requireFaultless } from '../form-faults';

const longestReason = 500;

interface Decision {
  readonly waveKey: string;
  /** The request as the page showed it: approval is of that one and no other. */
  readonly requestId: string;
}

/**
 * Approves the release or correction that another person has asked for, and begins it.
 * @param context the process' context
 * @param actor who approves; never the one who asked, with whatever roles
 * @param input key of the wave and the request
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state, release_request_changed, release_own_request
 */
export async function approveRelease(context: Context, actor: Actor, input: Decision): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const { wave, request, actorId } = await findDecision(transaction, actor, input);
    if (request.requestedBy === actorId) throw new AppError('release_own_request');
    const isApproved = await updateReleaseRequestApproved(transaction, { requestId: request.id, actorId });
    if (isApproved) await audit(context, transaction, { wave, actorId, action: 'approved release', detail: {} });
    const requestedAt = context.now();
    const step = request.reason === null ? 'release' : 'correct';
    await enqueueWaveStep(transaction, { waveId: wave.id, step, actorId, requestedAt });
  });
}

/**
 * Declines a release or correction that is asked for, or takes back one's own request.
 * @param context the process' context
 * @param actor who declines
 * @param input key of the wave, the request, and why: needed to decline what somebody else has asked for
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state, release_request_changed or form_faulty
 */
export async function declineRelease(
  context: Context,
  actor: Actor,
  input: Decision & { readonly reason: string },
): Promise<void> {
  const reason = input.reason.trim();
  await context.db.transaction(async (transaction) => {
    const { wave, request, actorId } = await findDecision(transaction, actor, input);
    const isOwn = request.requestedBy === actorId;
    const isReasonFine = (isOwn || reason !== '') && reason.length <= longestReason;
    const values = { most: longestReason };
    requireFaultless(isReasonFine ? [] : [{ field: 'reason', key: 'release.fault.reason', values }]);
    if (!(await deleteWaitingRequest(transaction, request.id))) throw new AppError('release_request_changed');
    const action = isOwn ? 'took back release' : 'declined release';
    await audit(context, transaction, { wave, actorId, action, detail: reason === '' ? {} : { reason } });
  });
}

async function findDecision(
  transaction: Database,
  actor: Actor,
  { waveKey, requestId }: Decision,
): Promise<{ readonly wave: Wave; readonly request: ReleaseRequest; readonly actorId: string }> {
  // Not locked: whoever is at work on the wave holds it until it is done.
  const wave = await findWave(transaction, actor, { key: waveKey, action: 'manage wave' });
  if (actor.kind !== 'person') throw new AppError('not_allowed');
  const request = await selectOptionalReleaseRequest(transaction, wave.id);
  // A released wave waits for somebody only when a correction is asked for.
  if (wave.state !== 'released' || request === null) requireNextState(wave, 'released');
  if (request?.id !== requestId) throw new AppError('release_request_changed');
  return { wave, request, actorId: actor.id };
}

async function audit(
  context: Context,
  transaction: Database,
  event: {
    readonly wave: Wave;
    readonly actorId: string;
    readonly action: AuditAction;
    readonly detail: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { wave, actorId, action, detail } = event;
  const { networkId, key: subject } = wave;
  await insertAuditEvent(transaction, { occurredAt: context.now(), actorId, networkId, action, subject, detail });
}
