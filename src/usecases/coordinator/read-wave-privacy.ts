import type { Context } from '../../context';
import { selectWaveMembers, type WaveMember } from '../../db/wave-members';
import { selectOptionalWavePrivacy, selectOrganisationPrivacy } from '../../db/wave-privacy';
import type { Wave } from '../../db/waves';
import {
  listOrganisationGaps,
  listWaveGaps,
  type OrganisationPrivacy,
  type PrivacyGap,
  type WavePrivacy,
} from '../../domain/fieldwork/privacy';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/** One organisation that takes part, and its part of the set-up. */
export interface PrivacyMember extends Pick<WaveMember, 'organisationId' | 'key' | 'name'> {
  readonly privacy: OrganisationPrivacy | null;
  readonly gaps: readonly PrivacyGap[];
}

/** The privacy set-up of a wave as it stands. */
export interface PrivacySetup {
  readonly wave: Wave;
  readonly privacy: WavePrivacy | null;
  readonly gaps: readonly PrivacyGap[];
  /** By name. */
  readonly members: readonly PrivacyMember[];
}

/**
 * Reads the privacy set-up of a wave and what it lacks.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readWavePrivacy(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<PrivacySetup> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const privacy = await selectOptionalWavePrivacy(context.db, wave.id);
  const parts = await selectOrganisationPrivacy(context.db, wave.id);
  const members = await selectWaveMembers(context.db, wave.id);
  return {
    wave,
    privacy,
    gaps: listWaveGaps(privacy),
    members: members
      .filter(({ isLeftOut }) => !isLeftOut)
      .map(({ organisationId, key, name }) => {
        const part = parts.get(organisationId) ?? null;
        return { organisationId, key, name, privacy: part, gaps: listOrganisationGaps(part) };
      }),
  };
}
