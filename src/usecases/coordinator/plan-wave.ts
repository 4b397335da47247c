import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { selectOptionalInstrument, type InstrumentVersion } from '../../db/instruments';
import type { Network } from '../../db/networks';
import { selectMembers } from '../../db/organisations';
import { selectWaveMembers } from '../../db/wave-members';
import { replaceLeftOut, updateWavePlan } from '../../db/wave-plans';
import { insertWave, selectOptionalWave, type Wave } from '../../db/waves';
import type { AuditAction } from '../../domain/audit-actions';
import { createPolicy } from '../../domain/disclosure/policy';
import { readWavePlan, type ReadWavePlan, type WavePlanForm } from '../../domain/fieldwork/read-wave-plan';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { FieldFault } from '../../domain/form-fault';
import type { Actor } from '../../domain/permissions';
import { findNetwork, findWaveForUpdate, idOf, requireState } from '../authorise';
import { requireFaultless } from '../form-faults';

const keyPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * Creates a draft wave from the form of its network.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network, key of the new wave and its plan
 * @returns key of the wave
 * @throws AppError network_unknown, sign_in_needed, not_allowed or form_faulty
 */
export async function planNewWave(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly key: string; readonly form: WavePlanForm },
): Promise<string> {
  const key = input.key.trim();
  await context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage wave' });
    const read = await readPlan(context, transaction, { network, form: input.form });
    const keyFaults = await checkKey(transaction, key);
    requireFaultless([...keyFaults, ...read.faults]);
    const plan = completePlan(read, network);
    await insertWave(transaction, { ...plan, key, networkId: network.id });
    const wave = await selectOptionalWave(transaction, key);
    if (wave === null) throw new RangeError('no wave was returned');
    await storePlan(transaction, { wave, plan, form: input.form });
    await audit(context, transaction, { actor, wave, plan, action: 'created wave' });
  });
  return key;
}

/**
 * Changes a wave that has not been opened.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and its plan
 * @throws AppError wave_unknown, sign_in_needed, not_allowed, wave_state or form_faulty
 */
export async function changeWavePlan(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly form: WavePlanForm },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'draft');
    const network = await findNetwork(transaction, actor, { key: wave.networkKey, action: 'manage wave' });
    const read = await readPlan(context, transaction, { network, form: input.form });
    requireFaultless([...read.faults, ...(await checkLeftOut(transaction, wave, input.form))]);
    const plan = completePlan(read, network);
    await storePlan(transaction, { wave, plan, form: input.form });
    await audit(context, transaction, { actor, wave, plan, action: 'changed wave' });
  });
}

interface PlanRead {
  readonly plan: ReadWavePlan;
  readonly instrument: InstrumentVersion | null;
  readonly faults: readonly FieldFault[];
}

type CompletePlan = Parameters<typeof updateWavePlan>[2];

async function readPlan(
  context: Context,
  transaction: Database,
  { network, form }: { readonly network: Network; readonly form: WavePlanForm },
): Promise<PlanRead> {
  const { plan, faults } = readWavePlan(form, toDate(context.now()));
  const [, id = '', version = ''] = /^([a-z][a-z0-9_]*)\/([1-9]\d{0,5})$/.exec(form.instrument) ?? [];
  const instrument = await selectOptionalInstrument(transaction, { id, version: Number(version) });
  const known = new Set((await selectMembers(transaction, network.id)).map(({ key }) => key));
  return {
    plan,
    instrument,
    faults: [
      ...faults,
      ...(instrument === null ? [{ field: 'instrument', key: 'wave_form.fault.choose' }] : []),
      ...(form.members.every((key) => known.has(key)) ? [] : [{ field: 'members', key: 'wave_form.fault.choose' }]),
    ],
  };
}

/** What the network has agreed goes with the plan until the wave opens. */
function completePlan({ plan, instrument }: PlanRead, network: Network): CompletePlan {
  if (instrument === null) throw new RangeError('the plan has faults');
  const { minimumCellSize, ...rest } = plan;
  return { ...rest, policy: createPolicy(network, minimumCellSize), instrumentVersionId: instrument.versionId };
}

async function checkKey(transaction: Database, key: string): Promise<readonly FieldFault[]> {
  if (!keyPattern.test(key)) return [{ field: 'key', key: 'wave_form.fault.key' }];
  const taken = await selectOptionalWave(transaction, key);
  return taken === null ? [] : [{ field: 'key', key: 'wave_form.fault.key_taken' }];
}

/** A member with workplaces in the frame is not left out by a tick: its workplaces are taken out first. */
async function checkLeftOut(transaction: Database, wave: Wave, form: WavePlanForm): Promise<readonly FieldFault[]> {
  const members = await selectWaveMembers(transaction, wave.id);
  const stray = members.filter(({ key, units }) => units > 0 && !form.members.includes(key));
  if (stray.length === 0) return [];
  const values = { names: stray.map(({ name }) => name).join(', ') };
  return [{ field: 'members', key: 'wave_form.fault.has_units', values }];
}

async function storePlan(
  transaction: Database,
  { wave, plan, form }: { readonly wave: Wave; readonly plan: CompletePlan; readonly form: WavePlanForm },
): Promise<void> {
  await updateWavePlan(transaction, wave.id, plan);
  const members = await selectMembers(transaction, wave.networkId);
  const leftOut = members.filter(({ key }) => !form.members.includes(key)).map(({ id }) => id);
  await replaceLeftOut(transaction, wave.id, leftOut);
}

async function audit(
  context: Context,
  transaction: Database,
  done: { readonly actor: Actor; readonly wave: Wave; readonly plan: CompletePlan; readonly action: AuditAction },
): Promise<void> {
  const { actor, wave, plan, action } = done;
  await insertAuditEvent(transaction, {
    occurredAt: context.now(),
    actorId: idOf(actor),
    networkId: wave.networkId,
    action,
    subject: wave.key,
    detail: {
      minimumCellSize: plan.policy.minimumCellSize,
      publicCellSize: plan.publicCellSize,
      anonymityLevel: plan.anonymityLevel,
      closesOn: plan.closesOn,
      retentionDays: plan.retentionDays,
    },
  });
}
