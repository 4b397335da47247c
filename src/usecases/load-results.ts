import type { Context } from '../context';
import type { ResultWave, WaveWithRelease } from '../db/released-waves';
import type { ReleaseHeader } from '../db/releases';
import { canSeeOrganisation } from '../domain/benchmark/visible-organisations';
import { isHeldBack, type ReleaseVisibility } from '../domain/fieldwork/release-choice';
import type { Codebook } from '../domain/instrument/codebook';
import { can, type Action, type Actor, type Subject } from '../domain/permissions';
import { AppError } from '../errors';
import { requireRight, requireRoleIn } from './authorise';

/** A released wave with everything but its figures. */
export interface Results {
  readonly wave: ResultWave;
  /** The edition that the reader may have. */
  readonly release: ReleaseHeader;
  readonly codebook: Codebook;
  /** Released waves of the network that the reader may have, newest period first. */
  readonly releasedWaves: readonly { readonly key: string; readonly period: string }[];
  /** Until when nobody else sees it; null when it is not held back now. */
  readonly heldBackUntil: Date | null;
}

interface ResultsRequest {
  readonly waveKey: string;
  /** What they want to do with the figures. */
  readonly action: Action;
  /** Left out: the network's edition for those who have a right in it, the public one for everybody else. */
  readonly audience?: ReleaseVisibility;
}

/**
 * Loads the newest release of a wave for somebody who may have it: the network's edition for those with a right in the
 * network, the public one, when there is one, for everybody else. Before an embargo ends both are there for those who
 * run the wave alone. Nothing of an unreleased wave is ever read.
 * @param context the process' context
 * @param actor who asks
 * @param request wave key, what they want to do, and the edition
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, or release_missing when there is nothing for the actor yet
 */
export async function loadResults(context: Context, actor: Actor, request: ResultsRequest): Promise<Results> {
  const known = await context.results.load(context.db, request.waveKey);
  const now = context.now();
  const subject: Subject = { networkId: known?.wave.network.id ?? null, organisationId: null };
  const isReader = actor.kind !== 'anonymous' && can(actor, request.action, subject);
  const managesWave = can(actor, 'manage wave', subject);
  const mayHave = (embargoUntil: Date | null): boolean => managesWave || !isHeldBack(embargoUntil, now);
  const release = known === null ? null : chooseRelease(known, isReader ? request.audience : 'public');
  const isThere = known?.wave.state === 'released' && release !== null && mayHave(release.embargoUntil);
  if (known === null || !(isReader || isThere)) throw refuse(actor, request, { isKnown: known !== null, subject });
  if (!isThere) throw new AppError('release_missing');
  const { wave } = known;
  const { codebook } = await context.instruments.load(context.db, wave.instrumentVersionId);
  return {
    wave,
    release,
    codebook,
    releasedWaves: wave.releasedWaves
      .filter((other) => mayHave(other.embargoUntil) && (isReader || other.isPublic))
      .map(({ key, period }) => ({ key, period })),
    heldBackUntil: isHeldBack(release.embargoUntil, now) ? release.embargoUntil : null,
  };
}

function chooseRelease({ release, publicRelease }: WaveWithRelease, audience: ReleaseVisibility = 'network') {
  return audience === 'public' ? publicRelease : release;
}

/** A wave that is not public looks to strangers like one that does not exist. */
function refuse(
  actor: Actor,
  { waveKey, action }: ResultsRequest,
  { isKnown, subject }: { readonly isKnown: boolean; readonly subject: Subject },
): AppError {
  if (actor.kind === 'anonymous') return new AppError('sign_in_needed');
  const unknown = new AppError('wave_unknown', { values: { key: waveKey } });
  if (isKnown && subject.networkId !== null) {
    requireRoleIn(actor, subject.networkId, unknown);
    requireRight(actor, action, subject);
  }
  return unknown;
}

/**
 * Tells whether the own figures of an organisation are among what somebody may see of a release.
 * @param actor who asks
 * @param results the release they may have
 * @param organisationId the organisation
 * @returns for the public edition, whether members agreed to be seen; otherwise by the actor's rights
 */
export function isOrganisationVisible(actor: Actor, { wave, release }: Results, organisationId: string): boolean {
  const { isOpenNetwork } = release.policy;
  if (release.audience === 'public') return isOpenNetwork;
  return canSeeOrganisation(actor, { networkId: wave.network.id, organisationId }, isOpenNetwork);
}
