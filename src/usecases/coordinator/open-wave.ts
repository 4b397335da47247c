import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { replaceStrata, selectUnits, updateUnitStrata } from '../../db/frames';
import { freezeInstrument } from '../../db/instruments';
import { selectMembers } from '../../db/organisations';
import { createBallotBox } from '../../db/responses';
import { updateWaveOpened, type Wave } from '../../db/waves';
import { buildStrata, stratumOfUnit } from '../../domain/fieldwork/build-strata';
import type { FrameUnit, Stratum } from '../../domain/fieldwork/types';
import { addDays, addressRetentionDays, toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf, requireNextState } from '../authorise';

/** What is fixed from now on. */
export interface OpenedWave {
  readonly key: string;
  readonly strata: readonly Stratum[];
  readonly invited: number;
  /** YYYY-MM-DD. */
  readonly deleteAddressesOn: string;
}

/**
 * Opens a draft wave. From now on instrument, anonymity level, frame, strata and the day of deletion cannot change.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns strata and number of invited units
 * @throws AppError wave_unknown, wave_state, wave_has_no_frame, wave_not_ready
 */
export async function openWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<OpenedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireNextState(wave, 'open');
    const units = await selectUnits(transaction, wave.id);
    await requireInvited(transaction, wave, units);
    const strata = await storeStrata(transaction, wave, units);
    await freezeInstrument(transaction, wave.instrumentVersionId);
    await createBallotBox(transaction, wave.id);
    const now = context.now();
    const date = toDate(now);
    const deleteAddressesOn = addDays(date, addressRetentionDays);
    await updateWaveOpened(transaction, { waveId: wave.id, date, deleteAddressesOn });
    const invited = units.filter(({ isInvited }) => isInvited).length;
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'opened wave',
      subject: wave.key,
      detail: { units: units.length, invited, strata: strata.length },
    });
    return { key: wave.key, strata, invited, deleteAddressesOn };
  });
}

async function requireInvited(transaction: Database, wave: Wave, units: readonly FrameUnit[]): Promise<void> {
  if (units.length === 0) throw new AppError('wave_has_no_frame', { values: { key: wave.key } });
  const members = (await selectMembers(transaction, wave.networkId)).map(({ key }) => key);
  const own = (key: string): readonly FrameUnit[] => units.filter(({ organisation }) => organisation === key);
  const empty = members.filter((key) => own(key).length > 0 && !own(key).some(({ isInvited }) => isInvited));
  if (empty.length === 0) return;
  throw new AppError('wave_not_ready', { values: { organisations: empty.join(', ') } });
}

async function storeStrata(
  transaction: Database,
  wave: Wave,
  units: readonly FrameUnit[],
): Promise<readonly Stratum[]> {
  const strata = buildStrata(units, wave.anonymityLevel);
  const stored = strata.map((stratum) => ({ ...stratum, ineligibleCount: 0, respondentCount: 0 }));
  await replaceStrata(transaction, wave.id, stored);
  const placed = units.map((unit) => ({ unit: unit.unit, stratum: stratumOfUnit(strata, unit) }));
  await updateUnitStrata(transaction, wave.id, placed);
  return strata;
}
