import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import type { Database } from '../../db/database';
import { selectWaveMembers } from '../../db/wave-members';
import { upsertOrganisationPrivacy, upsertWavePrivacy } from '../../db/wave-privacy';
import type { Wave } from '../../db/waves';
import {
  readOrganisationPrivacyForm,
  readWavePrivacyForm,
  type OrganisationPrivacyForm,
  type WavePrivacyForm,
} from '../../domain/fieldwork/read-privacy-form';
import { listOrganisationGaps, listWaveGaps } from '../../domain/fieldwork/privacy';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';

/**
 * Saves the wave's own part of the privacy set-up, complete or not.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and the form
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state or form_faulty
 */
export async function saveWavePrivacy(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly form: WavePrivacyForm },
): Promise<void> {
  await changeDraft(context, actor, input.waveKey, async (transaction, wave) => {
    const { privacy, faults } = readWavePrivacyForm(input.form, toDate(context.now()));
    requireFaultless(faults);
    await upsertWavePrivacy(transaction, wave.id, privacy);
    return { legalBasis: privacy.legalBasis, missing: listWaveGaps(privacy).join(' ') };
  });
}

/**
 * Saves the part of one organisation, complete or not.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, key of the organisation and the form
 * @throws AppError sign_in_needed, wave_unknown, organisation_unknown, not_allowed, wave_state or form_faulty
 */
export async function saveOrganisationPrivacy(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly organisationKey: string; readonly form: OrganisationPrivacyForm },
): Promise<void> {
  await changeDraft(context, actor, input.waveKey, async (transaction, wave) => {
    const members = await selectWaveMembers(transaction, wave.id);
    const member = members.find(({ key, isLeftOut }) => key === input.organisationKey && !isLeftOut);
    if (member === undefined) throw new AppError('organisation_unknown', { values: { key: input.organisationKey } });
    const { privacy, faults } = readOrganisationPrivacyForm(input.form, toDate(context.now()));
    requireFaultless(faults);
    const place = { waveId: wave.id, organisationId: member.organisationId };
    await upsertOrganisationPrivacy(transaction, place, privacy);
    return { organisation: member.key, missing: listOrganisationGaps(privacy).join(' ') };
  });
}

async function changeDraft(
  context: Context,
  actor: Actor,
  waveKey: string,
  change: (transaction: Database, wave: Wave) => Promise<Readonly<Record<string, string>>>,
): Promise<void> {
  await nameConstraintFaults({ key: waveKey }, () =>
    context.db.transaction(async (transaction) => {
      const wave = await findWaveForUpdate(transaction, actor, { key: waveKey, action: 'manage wave' });
      requireState(wave, 'draft');
      const detail = await change(transaction, wave);
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: wave.networkId,
        action: 'changed privacy set-up',
        subject: wave.key,
        detail,
      });
    }),
  );
}
