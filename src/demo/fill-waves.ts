import type { Context } from '../context';
import type { ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { operator, type Actor } from '../domain/permissions';
import { choosePeers, type PeerForm } from '../usecases/coordinator/choose-peers';
import { closeWave } from '../usecases/coordinator/close-wave';
import { importFrame } from '../usecases/coordinator/import-frame';
import { importResponses } from '../usecases/coordinator/import-responses';
import { openWave } from '../usecases/coordinator/open-wave';
import { planNewWave } from '../usecases/coordinator/plan-wave';
import { releaseWave } from '../usecases/coordinator/release-wave';
import { drawAnswers } from './answer-model';
import { listAnswerColumns } from './answer-shares';
import { drawTemperament, type DemoUnit } from './organisations';
import { planForm } from './plan-forms';
import type { SeededRandom } from './seeded-random';
import { writeFrame, writeResponses, type DemoOutcome } from './write-files';

export interface DemoWave {
  readonly key: string;
  readonly networkKey: string;
  readonly instrument: string;
  readonly period: string;
  readonly units: readonly DemoUnit[];
  /** What peer groups are formed by; none when left out. */
  readonly peerBases?: PeerForm['bases'];
  /** How much more innovative the network has become since the first wave. */
  readonly trend: number;
}

const dayMilliseconds = 86_400_000;
const fieldworkDays = 40;
const partialShare = 0.04;
const breakOffShare = 0.1;

/**
 * A context whose clock stands so many days from now.
 * @param context the context
 * @param days days from now; negative for the past
 */
export function at(context: Context, days: number): Context {
  return onDay(context, new Date(context.now().getTime() + days * dayMilliseconds));
}

/**
 * Forms the peer groups of a wave that is a draft still.
 * @param context a context whose clock stands at the day of it
 * @param wave the wave
 * @param actor who chooses
 */
export async function chooseDemoPeers(context: Context, { key, peerBases }: DemoWave, actor: Actor): Promise<void> {
  if (peerBases === undefined) return;
  await choosePeers(context, actor, { waveKey: key, form: { bases: peerBases, groups: [] } });
}

function onDay(context: Context, day: Date): Context {
  return { ...context, now: () => day };
}

function drawOutcome(random: SeededRandom, unit: DemoUnit, trend: number): DemoOutcome {
  const answers = drawAnswers(random, drawTemperament(random, unit, trend));
  if (!random.chance(unit.organisation.responseRate)) {
    return { unit: unit.unit, disposition: random.chance(breakOffShare) ? 'R' : 'NC', answers: {} };
  }
  return { unit: unit.unit, disposition: random.chance(partialShare) ? 'P' : 'I', answers };
}

/** An earlier wave, the day of its release (YYYY-MM-DD), and who sees it; the network unless given. */
export type EarlierWave = DemoWave & { readonly released: string; readonly visibility?: ReleaseVisibility };

/**
 * Fills in a wave that was opened, answered and closed, as an import of an earlier round.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 * @returns a context whose clock stands at the day of its release
 */
export async function fillClosedWave(context: Context, random: SeededRandom, wave: EarlierWave): Promise<Context> {
  const released = new Date(`${wave.released}T10:00:00Z`);
  const opened = new Date(released.getTime() - fieldworkDays * dayMilliseconds);
  const waveKey = wave.key;
  const { networkKey, instrument, period } = wave;
  const form = { ...planForm, level: 'fortrolig', period, instrument };
  await planNewWave(onDay(context, opened), operator, { networkKey, key: waveKey, form });
  await importFrame(onDay(context, opened), operator, { waveKey, file: writeFrame(wave.units) });
  await chooseDemoPeers(onDay(context, opened), wave, operator);
  await openWave(onDay(context, opened), operator, { waveKey });
  const outcomes = wave.units.map((unit) => drawOutcome(random, unit, wave.trend));
  const file = writeResponses(listAnswerColumns(), outcomes);
  await importResponses(onDay(context, released), operator, { waveKey, file });
  await closeWave(onDay(context, released), operator, { waveKey });
  return onDay(context, released);
}

/**
 * Fills in a wave that has been through everything: opened, answered, closed and released.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 */
export async function fillEarlierWave(context: Context, random: SeededRandom, wave: EarlierWave): Promise<void> {
  const released = await fillClosedWave(context, random, wave);
  const choice = { visibility: wave.visibility ?? 'network', embargoUntil: null };
  await releaseWave(released, operator, { waveKey: wave.key, choice });
}
