import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { storeFrameEntries } from '../../db/frame-entries';
import type { ListedUnit } from '../../db/frame-pages';
import type { FramePerson } from '../../domain/fieldwork/frame-entry';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf } from '../authorise';
import { requireDraftFrame } from '../find-frame-import';
import { findFrame, type FrameAccess } from '../frame-access';
import { findUnit, readUnitFields, refuseFields, type UnitFields } from '../frame-unit';

/**
 * Lists one more employee of a unit, changes one or takes one off the list, while the wave is a draft.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, id of the unit, id of the person (null: a new one), and the form (null: the person goes)
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, unit_unknown, form_faulty
 */
export async function saveEmployee(
  context: Context,
  actor: Actor,
  input: {
    readonly waveKey: string;
    readonly unitId: string;
    readonly personId: string | null;
    readonly fields: UnitFields | null;
  },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireDraftFrame(access);
    const unit = await findUnit(transaction, access, input.unitId);
    const others = unit.persons.filter(({ id }) => id !== input.personId);
    const isKnown = input.personId === null || others.length < unit.persons.length;
    if (access.population !== 'employees' || !isKnown) throw new AppError('unit_unknown');
    const person = input.fields === null ? null : readPerson(input.fields, unit, access);
    if (person !== null) requireNew(person, unit, others);
    const persons = person === null ? others : [...others, person];
    await storeFrameEntries(transaction, access.wave.id, [{ ...unit, isInvited: true, persons }]);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: access.wave.networkId,
      action: 'changed unit',
      subject: access.wave.key,
      detail: { unit: unit.unit, persons: persons.length },
    });
  });
}

function readPerson({ name, email, language }: UnitFields, unit: ListedUnit, access: FrameAccess): FramePerson {
  const { unit: key, organisation, sector, type, size } = unit;
  const cells = { unit: key, organisation, sector, type, size, name: name ?? '', email: email ?? '' };
  const { person } = readUnitFields({ ...cells, language: language ?? '' }, access);
  if (person === null) throw refuseFields([{ column: 'email', code: 'nobody_listed', found: '', values: {} }]);
  return person;
}

function requireNew(person: FramePerson, unit: ListedUnit, others: readonly FramePerson[]): void {
  const keyOf = ({ name, email }: FramePerson): string => (email ?? name ?? '').toLowerCase();
  const found = person.email ?? person.name ?? '';
  if (others.some((other) => keyOf(other) === keyOf(person))) {
    throw refuseFields([{ column: 'email', code: 'person_repeated', found, values: {} }]);
  }
  const listed = others.length + 1;
  if (unit.employeeCount !== null && unit.employeeCount < listed) {
    const count = String(unit.employeeCount);
    throw refuseFields([{ column: 'email', code: 'employees_too_few', found: count, values: { listed } }]);
  }
}
