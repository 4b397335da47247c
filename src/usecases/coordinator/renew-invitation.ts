import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { renewInvitation, selectOptionalOutcomeForUpdate } from '../../db/invitations';
import type { FramePerson } from '../../domain/fieldwork/frame-entry';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, requireState } from '../authorise';
import { findFrame, requireWhole } from '../frame-access';
import { findUnit, readUnitFields, type UnitFields } from '../frame-unit';

/** What happens to an invitation of an open wave: somebody else answers, the unit is gone, or it was not gone after all. */
export type Renewal =
  | { readonly kind: 'replaced'; readonly fields: UnitFields }
  | { readonly kind: 'not eligible' }
  | { readonly kind: 'eligible again' };

/**
 * Replaces the invited person of a unit of an open wave, or marks that nobody there belongs to the population. Links, the
 * draft and what was mailed to the person before are deleted. The frame stays: who is invited is fixed by unit.
 * @param context the process' context
 * @param actor who asks; only those who run the wave may
 * @param input key of the wave, ids of unit and invitation, and what happens
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state, unit_unknown, unit_answered, form_faulty
 */
export async function renewUnitInvitation(
  context: Context,
  actor: Actor,
  input: {
    readonly waveKey: string;
    readonly unitId: string;
    readonly personId: string;
    readonly renewal: Renewal;
  },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireWhole(access);
    requireState(access.wave, 'open');
    const unit = await findUnit(transaction, access, input.unitId);
    const former = unit.persons.find(({ id }) => id === input.personId);
    const outcome = await selectOptionalOutcomeForUpdate(transaction, {
      unitId: unit.id,
      invitationId: input.personId,
    });
    if (former === undefined || outcome === null) throw new AppError('unit_unknown');
    if (outcome.disposition === 'answered') throw new AppError('unit_answered');
    const { renewal } = input;
    const { name, email, language } =
      renewal.kind === 'replaced' ? readSuccessor(renewal.fields, unit, access) : former;
    const disposition = renewal.kind === 'not eligible' ? 'NE' : null;
    await renewInvitation(transaction, former.id, { name, email, language, disposition });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: `invitation ${renewal.kind}`,
      subject: access.wave.key,
      detail: { unit: unit.unit },
    });
  });
}

function readSuccessor(
  { name, email, language }: UnitFields,
  { unit, organisation, sector, type, size }: Awaited<ReturnType<typeof findUnit>>,
  access: Parameters<typeof readUnitFields>[1],
): FramePerson {
  const cells = { unit, organisation, sector, type, size, name: name ?? '', email: email ?? '' };
  const { person } = readUnitFields({ ...cells, language: language ?? '' }, access);
  return person ?? { name: null, email: null, language: 'nb' };
}
