import type { Context } from '../../context';
import { selectFigureCounts, type FigureCounts } from '../../db/figure-counts';
import { selectStrata } from '../../db/frames';
import type { ReleaseHeader } from '../../db/releases';
import { selectOptionalWave } from '../../db/waves';
import type { NamedPeerGroup } from '../../domain/benchmark/comparison-view';
import { listUsedBaselines, type UsedBaseline } from '../../domain/benchmark/list-used-baselines';
import { describeCoverage, listLeftOut, type Coverage, type LeftOut } from '../../domain/benchmark/method-facts';
import type { Population } from '../../domain/fieldwork/types';
import type { LocalisedText } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import type { ResponseRates } from '../../domain/statistics/response-rates';
import { readRelevantDifference } from '../../domain/disclosure/policy';
import { AppError } from '../../errors';
import { listVisibleGroups } from '../load-figures';
import { namePeerGroup } from '../name-peer-group';
import { loadResponseRates } from '../load-response-rates';
import { loadResults, type Results } from '../load-results';

/** How the figures of one edition of a release were made: what it was made from, its limits, what it shows. */
export interface MethodPage {
  readonly wave: { readonly key: string; readonly period: string };
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly population: Population;
  readonly instrument: { readonly title: LocalisedText; readonly version: number };
  readonly release: Omit<ReleaseHeader, 'id' | 'waveId' | 'lattice' | 'participation'>;
  /** Until when only those who run the wave see the page; null when it is not held back. */
  readonly heldBackUntil: Date | null;
  readonly limits: {
    /** Fewest valid answers behind a figure of the network's edition. */
    readonly networkCellSize: number;
    /** Fewest behind a public figure; null: respondents were not told of public figures. */
    readonly publicCellSize: number | null;
    /** 0-1. */
    readonly relevantDifference: number;
  };
  readonly organisations: number;
  readonly peers: readonly NamedPeerGroup[];
  readonly coverage: Coverage;
  /** AAPOR response rates of the network at closing; null where none were kept. */
  readonly rates: ResponseRates | null;
  readonly figures: FigureCounts;
  readonly leftOut: readonly LeftOut[];
  readonly indicatorCount: number;
  readonly baselines: readonly UsedBaseline[];
}

/** A method page that somebody may see, not yet read. */
export interface FoundMethod {
  /** Two that are equal stand for pages with equal content, whoever asks. */
  readonly identity: string;
  readonly read: () => Promise<MethodPage>;
}

/**
 * Finds how the figures of a released wave were made, for somebody who may see them.
 * @param context the process' context
 * @param actor who asks
 * @param waveKey key of the wave
 * @returns what holds for the edition that the actor has, counted over the groups that the actor may see
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function findMethod(context: Context, actor: Actor, waveKey: string): Promise<FoundMethod> {
  const results = await loadResults(context, actor, { waveKey, action: 'see results' });
  const groups = listVisibleGroups(actor, results)
    .filter(({ rest }) => rest === null)
    .map(({ key }) => key);
  return {
    identity: JSON.stringify(['method', results.wave.fingerprint, results.release.id, results.heldBackUntil, groups]),
    read: () => readMethod(context, results, groups),
  };
}

async function readMethod(context: Context, results: Results, groups: readonly string[]): Promise<MethodPage> {
  const { wave, codebook, heldBackUntil } = results;
  const { id, lattice, participation, ...release } = results.release;
  const [planned, strata, [rates], figures] = await Promise.all([
    selectOptionalWave(context.db, wave.key),
    selectStrata(context.db, wave.id),
    loadResponseRates(context.db, wave.id, null),
    selectFigureCounts(context.db, id, groups),
  ]);
  if (planned === null) throw new AppError('release_missing');
  const { minimumCellSize } = planned.policy;
  return {
    wave: { key: wave.key, period: wave.period },
    network: { name: wave.network.name, isDemo: wave.network.isDemo },
    population: planned.population,
    instrument: { title: codebook.title, version: codebook.version },
    release,
    heldBackUntil,
    limits: {
      networkCellSize: minimumCellSize,
      publicCellSize: planned.publicCellSize === null ? null : Math.max(planned.publicCellSize, minimumCellSize),
      relevantDifference: readRelevantDifference(release.policy),
    },
    organisations: lattice.organisations.length,
    peers: (lattice.peers ?? []).map((group) => namePeerGroup(group, wave.organisations)),
    coverage: describeCoverage(strata, participation),
    rates: rates?.rates ?? null,
    figures,
    leftOut: listLeftOut(lattice, wave.organisations),
    indicatorCount: codebook.indicators.length,
    baselines: listUsedBaselines(context.baselines, codebook, [
      ...wave.organisations.filter(({ key }) => lattice.organisations.includes(key)).map(({ kind }) => kind),
      'network',
    ]),
  };
}
