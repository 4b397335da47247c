import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { fixUnitCounts, replaceStrata, selectUnits, updateUnitStrata } from '../../db/frames';
import { freezeInstrument } from '../../db/instruments';
import { selectMembers } from '../../db/organisations';
import { updatePeerGroups } from '../../db/wave-peers';
import { createBallotBox } from '../../db/responses';
import { selectWavePopulation } from '../../db/wave-samples';
import { updateWaveOpened, type Wave } from '../../db/waves';
import { buildStrata, stratumOfUnit } from '../../domain/fieldwork/build-strata';
import { isSampleCurrent } from '../../domain/fieldwork/draw-sample';
import { listObstacles, type ReadinessCheck } from '../../domain/fieldwork/readiness';
import type { FrameUnit, Stratum } from '../../domain/fieldwork/types';
import { addDays, toDate } from '../../domain/fieldwork/wave-state';
import { listUsed } from '../../domain/disclosure/judge-peers';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf, requireNextState } from '../authorise';
import { judgeChoice, loadPeerSource } from '../load-peer-groups';
import { loadReadiness } from '../load-readiness';

/** What is fixed from now on. */
export interface OpenedWave {
  readonly key: string;
  readonly strata: readonly Stratum[];
  readonly invited: number;
  /** YYYY-MM-DD. */
  readonly deleteAddressesOn: string;
  /** What was missing, and could be opened without from the command line; none from a page. */
  readonly missing: readonly ReadinessCheck[];
}

/**
 * Opens a draft wave. From now on instrument, anonymity level, smallest group, population, privacy set-up, frame, strata,
 * peer groups and the day of deletion cannot change. A person is refused while something is missing that respondents are promised;
 * the command line, which imports earlier rounds, is told of it.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns strata and number of invited units (people where employees are asked)
 * @throws AppError wave_unknown, wave_state, wave_incomplete, wave_has_no_frame, wave_not_ready, sample_outdated
 */
export async function openWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<OpenedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireNextState(wave, 'open');
    const missing = listObstacles(await loadReadiness(context, transaction, wave));
    if (actor.kind === 'person') refuseIncomplete(missing);
    const units = await selectUnits(transaction, wave.id);
    await requireInvited(transaction, wave, units);
    await requireCurrentSample(transaction, wave, units);
    await fixUnitCounts(transaction, wave.id);
    const strata = await storeStrata(transaction, wave, units);
    await freezeInstrument(transaction, wave.instrumentVersionId);
    await createBallotBox(transaction, wave.id);
    await updatePeerGroups(
      transaction,
      wave.id,
      listUsed(judgeChoice(await loadPeerSource(transaction, wave, 'in frame'))),
    );
    const now = context.now();
    const date = toDate(now);
    const deleteAddressesOn = addDays(date, wave.retentionDays);
    await updateWaveOpened(transaction, { waveId: wave.id, date, deleteAddressesOn });
    const invited = strata.reduce((total, { invitedCount }) => total + invitedCount, 0);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'opened wave',
      subject: wave.key,
      detail: { units: units.length, invited, strata: strata.length },
    });
    return { key: wave.key, strata, invited, deleteAddressesOn, missing };
  });
}

function refuseIncomplete(missing: readonly ReadinessCheck[]): void {
  if (missing.length === 0) return;
  const fields = missing.map(({ name }) => ({ field: name, key: `readiness.${name}.short` }));
  throw new AppError('wave_incomplete', { fields });
}

async function requireInvited(transaction: Database, wave: Wave, units: readonly FrameUnit[]): Promise<void> {
  if (units.length === 0) throw new AppError('wave_has_no_frame', { values: { key: wave.key } });
  const members = (await selectMembers(transaction, wave.networkId)).map(({ key }) => key);
  const own = (key: string): readonly FrameUnit[] => units.filter(({ organisation }) => organisation === key);
  const empty = members.filter((key) => own(key).length > 0 && !own(key).some(({ isInvited }) => isInvited));
  if (empty.length === 0) return;
  throw new AppError('wave_not_ready', { values: { organisations: empty.join(', ') } });
}

/** A seed that is told to give the sample has to give it. */
async function requireCurrentSample(transaction: Database, wave: Wave, units: readonly FrameUnit[]): Promise<void> {
  const { sample } = await selectWavePopulation(transaction, wave.id);
  if (sample !== null && !isSampleCurrent(units, sample)) throw new AppError('sample_outdated');
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
