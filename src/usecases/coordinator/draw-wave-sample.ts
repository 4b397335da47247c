import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { updateInvitedUnits } from '../../db/frame-entries';
import { selectUnits } from '../../db/frames';
import { updateWaveSample, type WaveSample } from '../../db/wave-samples';
import { drawSample, type SamplePlan } from '../../domain/fieldwork/draw-sample';
import type { FrameUnit } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { AppError, type FieldFault } from '../../errors';
import { idOf } from '../authorise';
import { requireDraftFrame } from '../find-frame-import';
import { findFrame, requireWhole } from '../frame-access';

const seedBytes = 8;
const longestSeed = 64;
const largestMinimum = 100;

/** The form as it was filled in. */
export interface SampleForm {
  readonly kind: 'census' | 'sample';
  /** Number of units by organisation; empty: all of them. */
  readonly sizes: Readonly<Record<string, string>>;
  readonly minimum: string;
  /** Empty: a new one. */
  readonly seed: string;
}

/**
 * Invites every unit of a draft wave, or draws a stratified random sample from each organisation. The seed is kept: with the
 * same frame it gives the same sample.
 * @param context the process' context
 * @param actor who asks; only those who run the wave may
 * @param input key of the wave and the form
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, frame_fixed, wave_has_no_frame, form_faulty
 */
export async function drawWaveSample(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly form: SampleForm },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const access = await findFrame(transaction, actor, { ...input, isUpdate: true });
    requireWhole(access);
    requireDraftFrame(access);
    const { wave, population } = access;
    const units = await selectUnits(transaction, wave.id);
    if (units.length === 0) throw new AppError('wave_has_no_frame', { values: { key: wave.key } });
    const isSample = input.form.kind === 'sample';
    if (isSample && population === 'employees') throw refuse([{ field: 'kind', key: 'frame.sample.managers_only' }]);
    const sample = isSample ? readSampleForm(context, input.form, units) : null;
    const invited = sample === null ? units.map(({ unit }) => unit) : [...drawSample(units, sample.plan, sample.seed)];
    await updateInvitedUnits(transaction, wave.id, { keys: invited, population });
    await updateWaveSample(transaction, wave.id, sample);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: sample === null ? 'invited everyone' : 'drew sample',
      subject: wave.key,
      detail: { units: units.length, invited: invited.length, ...(sample !== null && { seed: sample.seed }) },
    });
  });
}

function readSampleForm(context: Context, form: SampleForm, units: readonly FrameUnit[]): WaveSample {
  const faults: FieldFault[] = [];
  const organisations: Record<string, number> = {};
  for (const [key, text] of Object.entries(form.sizes)) {
    const own = units.filter(({ organisation }) => organisation === key).length;
    const size = readCount(text, own);
    if (text.trim() === '' || own === 0) continue;
    if (size === null || size < 1) {
      faults.push({ field: `size_${key}`, key: 'frame.sample.size_wrong', values: { most: own } });
    } else organisations[key] = size;
  }
  const minimum = readCount(form.minimum, largestMinimum);
  if (minimum === null || minimum < 1) {
    faults.push({ field: 'minimum', key: 'frame.sample.minimum_wrong', values: { most: largestMinimum } });
  }
  const seed = form.seed.trim() || context.randomBytes(seedBytes).toString('hex');
  if (seed.length > longestSeed) {
    faults.push({ field: 'seed', key: 'frame.sample.seed_wrong', values: { most: longestSeed } });
  }
  if (faults.length > 0 || minimum === null) throw refuse(faults);
  const plan: SamplePlan = { organisations, minimum };
  return { seed, plan };
}

function readCount(text: string, most: number): number | null {
  if (!/^\s*\d{1,6}\s*$/.test(text)) return null;
  const count = Number(text);
  return count <= most ? count : null;
}

function refuse(fields: readonly FieldFault[]): AppError {
  return new AppError('form_faulty', { fields });
}
