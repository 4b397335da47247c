import type { Context } from '../../context';
import { selectUnits } from '../../db/frames';
import type { Organisation } from '../../db/organisations';
import type { WaveSample } from '../../db/wave-samples';
import type { Wave } from '../../db/waves';
import { isSampleCurrent, planSample, type SampleCell } from '../../domain/fieldwork/draw-sample';
import type { FrameUnit, Population } from '../../domain/fieldwork/types';
import type { Actor } from '../../domain/permissions';
import { findFrame, requireWhole } from '../frame-access';

/** Whom a wave invites, as the page for sampling shows it. */
export interface SampleOverview {
  readonly wave: Wave;
  readonly population: Population;
  readonly organisations: readonly (Organisation & { readonly units: number; readonly invited: number })[];
  readonly sample: WaveSample | null;
  /** The sample is the one that seed and frame give; true without a sample. */
  readonly isCurrent: boolean;
  /** Units and drawn units by sector and size class, with a sample. */
  readonly cells: readonly SampleCell[];
}

/**
 * Shows whether all are invited or a sample is, and by which seed.
 * @param context the process' context
 * @param actor who asks; only those who run the wave may
 * @param input key of the wave
 * @returns counts by organisation and, with a sample, by sector and size
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readSample(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<SampleOverview> {
  const access = await findFrame(context.db, actor, input);
  requireWhole(access);
  const { wave, population, sample, organisations } = access;
  const units: readonly FrameUnit[] = await selectUnits(context.db, wave.id);
  return {
    wave,
    population,
    organisations: organisations.map((organisation) => {
      const own = units.filter((unit) => unit.organisation === organisation.key);
      return { ...organisation, units: own.length, invited: own.filter(({ isInvited }) => isInvited).length };
    }),
    sample,
    isCurrent: sample === null || isSampleCurrent(units, sample),
    cells: sample === null ? [] : planSample(units, sample.plan),
  };
}
