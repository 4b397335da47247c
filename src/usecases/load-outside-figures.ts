import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectOtherReleases, type OtherRelease } from '../db/earlier-releases';
import { selectReleaseEstimates } from '../db/release-figures';
import { selectOrganisations } from '../db/organisations';
import type { Wave } from '../db/waves';
import type { AskedInstrument } from '../domain/benchmark/definition-hash';
import { isEarlierWave, planSeries } from '../domain/benchmark/earlier-series';
import type { OutsideFigures } from '../domain/benchmark/outside-figures';
import { pickPublished } from '../domain/benchmark/pick-published';
import type { ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import { declareDimensions, type ReleaseStratum } from '../domain/benchmark/release-strata';
import { declareLattice } from '../domain/disclosure/lattice';
import { suppressed } from '../domain/disclosure/publishable';
import { isHeldBack, type ReleaseVisibility } from '../domain/fieldwork/release-choice';
import type { CompiledInstrument } from '../domain/instrument/types';

interface OutsideTask {
  readonly wave: Wave;
  readonly instrument: CompiledInstrument;
  readonly strata: readonly ReleaseStratum[];
  /** When the new release is seen by others first: now, or when its embargo ends. */
  readonly seenFrom: Date;
}

type EarlierWave = OtherRelease & AskedInstrument;

/**
 * Loads what the organisations of a wave are compared with besides each other: their own figures in earlier waves, as the
 * releases of these store them, and published figures with a known number of answers.
 * @param context the process' context
 * @param transaction the transaction of the release
 * @param task the wave that is released
 * @param audience the edition; the public one is compared with public editions only
 */
export async function loadOutsideFigures(
  context: Context,
  transaction: Database,
  task: OutsideTask,
  audience: ReleaseVisibility,
): Promise<OutsideFigures> {
  const earlier = await loadEarlierWaves(context, transaction, task, audience);
  const current = { instrument: task.instrument, population: task.wave.population };
  const { waveOf, breaks } = planSeries(current, earlier);
  const used = earlier.filter((wave) => [...waveOf.values()].includes(wave));
  const figures = new Map<string, ReleaseEstimateRow['estimate']>();
  const groups = declareLattice(declareDimensions(task.strata)).filter(({ organisation }) => organisation !== null);
  for (const wave of used) {
    const rows = await selectReleaseEstimates(transaction, {
      releaseId: wave.releaseId,
      groups: groups.map(({ key }) => key),
      indicators: [...waveOf].filter(([, one]) => one === wave).map(([address]) => address.split('/')[0] ?? ''),
    });
    for (const { indicator, option, group, estimate } of rows) {
      figures.set(`${wave.waveKey}/${indicator}/${option}/${group}`, estimate);
    }
  }
  return {
    waves: used.map(({ waveKey, period, number }) => ({ key: waveKey, period, release: number })),
    breaks,
    findEarlier: ({ indicator, option, group }) => {
      const wave = waveOf.get(`${indicator}/${option}`);
      if (wave === undefined) return null;
      const figure = figures.get(`${wave.waveKey}/${indicator}/${option}/${group}`) ?? suppressed;
      return { wave: wave.waveKey, figure };
    },
    findPublished: await loadPublished(context, transaction, task),
  };
}

/**
 * An earlier wave that is still held back would be told before its time; one whose members did not agree to see each
 * other says nothing in a network where they do now.
 */
async function loadEarlierWaves(
  context: Context,
  transaction: Database,
  { wave, seenFrom }: OutsideTask,
  audience: ReleaseVisibility,
): Promise<readonly EarlierWave[]> {
  const others = await selectOtherReleases(transaction, { waveId: wave.id, networkId: wave.networkId, audience });
  const usable = others.filter(
    (other) =>
      isEarlierWave(other, wave) &&
      !isHeldBack(other.embargoUntil, seenFrom) &&
      (other.policy.isOpenNetwork || !wave.policy.isOpenNetwork),
  );
  const latestFirst = [...usable].sort(
    (one, other) => Number(isEarlierWave(one, other)) - Number(isEarlierWave(other, one)),
  );
  const loaded: EarlierWave[] = [];
  for (const other of latestFirst) {
    loaded.push({ ...other, instrument: await context.instruments.load(transaction, other.instrumentVersionId) });
  }
  return loaded;
}

/** Published figures are of workplaces, answered by one manager each: an employees' wave has nothing to test against. */
async function loadPublished(
  context: Context,
  transaction: Database,
  { wave, instrument, strata }: OutsideTask,
): Promise<OutsideFigures['findPublished']> {
  if (wave.population !== 'managers') return () => null;
  const members = await selectOrganisations(transaction, { keys: declareDimensions(strata).organisations, orgnrs: [] });
  const kinds = new Map(members.map(({ key, kind }) => [key, kind]));
  const options = new Map(
    instrument.codebook.indicators.flatMap((indicator) =>
      indicator.options.map((option) => [`${indicator.id}/${option.id}`, option] as const),
    ),
  );
  return (organisation, indicator, option) => {
    const kind = kinds.get(organisation);
    const found = options.get(`${indicator}/${option}`);
    if (kind === undefined || found === undefined) return null;
    return pickPublished(context.baselines, found, kind)?.tested ?? null;
  };
}
