import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { selectFrameEntries, storeFrameEntries } from '../../db/frame-entries';
import type { ListedUnit } from '../../db/frame-pages';
import { selectMembers } from '../../db/organisations';
import type { Database } from '../../db/database';
import type { ReadRow } from '../../domain/fieldwork/read-frame-rows';
import type { Actor } from '../../domain/permissions';
import { idOf } from '../authorise';
import { requireDraftFrame } from '../find-frame-import';
import { findFrame, type FrameAccess } from '../frame-access';
import { findUnit, readUnitFields, refuseFields, type UnitFields } from '../frame-unit';

const keyBytes = 4;

/**
 * Adds a unit to the frame of a draft wave, or changes one. Where managers are asked the form tells who is invited as well.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, id of the unit (null: a new one), and the form; a key is made for a new unit without one
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, unit_unknown, form_faulty
 */
export async function saveUnit(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly unitId: string | null; readonly fields: UnitFields },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireDraftFrame(access);
    const stored = input.unitId === null ? null : await findUnit(transaction, access, input.unitId);
    const made = `${input.fields.organisation ?? ''}-${context.randomBytes(keyBytes).toString('hex')}`;
    const unit = stored?.unit ?? (input.fields.unit?.trim() || made);
    const read = readUnitFields({ ...input.fields, unit }, access);
    if (stored === null) await requireFreeKey(transaction, access, unit);
    requireEnoughEmployees(read, stored);
    await storeFrameEntries(transaction, access.wave.id, [
      {
        unit,
        name: read.name,
        organisation: read.organisation,
        sector: read.sector,
        type: read.type,
        size: read.size,
        isInvited: read.isInvited ?? true,
        employeeCount: read.employeeCount,
        persons: choosePersons(read, stored, access),
      },
    ]);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: stored === null ? 'added unit' : 'changed unit',
      subject: access.wave.key,
      detail: { unit },
    });
  });
}

async function requireFreeKey(transaction: Database, { wave }: FrameAccess, unit: string): Promise<void> {
  const members = (await selectMembers(transaction, wave.networkId)).map(({ key }) => key);
  const entries = await selectFrameEntries(transaction, wave.id, members);
  if (!entries.some((entry) => entry.unit === unit)) return;
  throw refuseFields([{ column: 'unit', code: 'unit_taken', found: unit, values: {} }]);
}

function requireEnoughEmployees({ employeeCount }: ReadRow, stored: ListedUnit | null): void {
  const listed = stored?.persons.length ?? 0;
  if (employeeCount === null || employeeCount >= listed) return;
  const found = String(employeeCount);
  throw refuseFields([{ column: 'employees', code: 'employees_too_few', found, values: { listed } }]);
}

function choosePersons(read: ReadRow, stored: ListedUnit | null, { population }: FrameAccess) {
  if (population === 'employees') return read.isInvited === false ? [] : (stored?.persons ?? []);
  return read.person === null ? [] : [read.person];
}
