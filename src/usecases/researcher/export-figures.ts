import type { Context } from '../../context';
import { selectReleaseComparisons } from '../../db/release-figures';
import { findBaseLabel } from '../../domain/benchmark/comparison-view';
import {
  pickBaselineFigures,
  type BaselineBeside,
  type BaselineViewer,
} from '../../domain/benchmark/pick-baseline-figures';
import { roundComparison, roundEstimate, type Shown, type ShownEstimate } from '../../domain/benchmark/shown-figures';
import {
  joinAddress,
  type FigureAddress,
  type ReleaseComparisonRow,
  type ReleaseEstimateRow,
} from '../../domain/benchmark/release-figures';
import type { Group } from '../../domain/benchmark/types';
import { suppressed } from '../../domain/disclosure/publishable';
import type { Indicator, IndicatorOption } from '../../domain/instrument/codebook';
import type { Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { writeFiguresCsv, type FigureForTable } from '../../formats/figures-table';
import { translate } from '../../texts/translate';
import { createFigureWords } from '../figure-words';
import { listVisibleGroups, loadFigures } from '../load-figures';
import { loadResults, type Results } from '../load-results';

interface CsvFile {
  /** Name without folder. */
  readonly name: string;
  readonly text: string;
}

interface Source extends Results {
  readonly context: Context;
  readonly figures: ReadonlyMap<string, Shown<ShownEstimate>>;
  readonly comparisons: ReadonlyMap<string, ReleaseComparisonRow>;
}

/**
 * Writes the released figures of a wave as a CSV file that carries its caveats and sources.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, language of labels, and optionally one organisation (with totals that it is part of)
 * @returns the file; whole per cent, suppressed figures as ":"
 * @throws AppError sign_in_needed, wave_unknown, not_allowed or release_missing
 */
export async function exportFigures(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly language: Language; readonly organisationKey?: string | undefined },
): Promise<CsvFile> {
  const results = await loadResults(context, actor, { waveKey: input.waveKey, action: 'export results' });
  const { wave, release } = results;
  const wanted = input.organisationKey;
  const groups = listVisibleGroups(actor, results).filter(({ organisation, rest }) => {
    const owner = organisation ?? rest;
    return wanted === undefined || owner === null || owner === wanted;
  });
  const estimates = await loadFigures(context, results, groups);
  const comparisons = await selectReleaseComparisons(context.db, {
    releaseId: release.id,
    groups: groups.filter(({ organisation }) => organisation !== null).map(({ key }) => key),
    kinds: ['rest'],
  });
  const source: Source = {
    ...results,
    context,
    figures: new Map(estimates.map((row) => [joinAddress(row), roundEstimate(row.estimate)])),
    comparisons: new Map(comparisons.map((row) => [joinAddress(row), row])),
  };
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const text = writeFiguresCsv({
    wave: wave.key,
    period: wave.period,
    network: wave.network.name,
    note: wave.network.isDemo ? translate(input.language, 'layout.demo') : '',
    method: `${context.config.publicUrl}/runder/${encodeURIComponent(wave.key)}/metode`,
    figures: estimates.flatMap((row) => describeRow(source, byKey.get(row.group), row)),
    words: createFigureWords(input.language, wave.organisations, release.lattice.peers),
  });
  return { name: `${wave.key}-${release.number}.csv`, text };
}

function describeRow(source: Source, group: Group | undefined, row: ReleaseEstimateRow): readonly FigureForTable[] {
  const indicator = source.codebook.indicators.find(({ id }) => id === row.indicator);
  const option = indicator?.options.find(({ id }) => id === row.option);
  if (group === undefined || indicator === undefined || option === undefined) return [];
  return [
    {
      group,
      indicator: { id: indicator.id, label: indicator.label },
      option: { id: option.id, label: option.label },
      baseLabel: findBaseLabel(source.codebook, indicator),
      estimate: readFigure(source, row),
      comparison: compareWithRest(source, row),
      contributors: listContributorNames(source, group, indicator),
      baselines: listBaselines(source, group, option),
    },
  ];
}

function readFigure({ figures }: Source, address: FigureAddress): Shown<ShownEstimate> {
  return figures.get(joinAddress(address)) ?? suppressed;
}

/** Null for groups that are not compared. */
function compareWithRest(source: Source, row: FigureAddress): FigureForTable['comparison'] {
  const found = source.comparisons.get(joinAddress(row));
  if (found === undefined) return null;
  const rest = readFigure(source, { ...row, group: found.comparator });
  return roundComparison(found.comparison, readFigure(source, row), rest);
}

function listContributorNames(
  { wave, release }: Source,
  group: Group,
  indicator: Indicator,
): FigureForTable['contributors'] {
  if (group.organisation !== null) return null;
  const keys = new Set(release.lattice.contributors[indicator.id] ?? []);
  const peers = release.lattice.peers?.find(({ code }) => code === group.peers);
  const isPeer = (key: string): boolean => peers === undefined || peers.members.includes(key);
  return wave.organisations.filter(({ key }) => keys.has(key) && key !== group.rest && isPeer(key));
}

/** Published figures stand beside the network's and the organisations' totals only. */
function listBaselines(source: Source, group: Group, option: IndicatorOption): readonly BaselineBeside[] {
  if (group.sector !== null || group.size !== null || group.rest !== null || group.peers !== null) return [];
  const organisation = source.wave.organisations.find(({ key }) => key === group.organisation);
  const viewer: BaselineViewer = organisation?.kind ?? 'network';
  return (option.baselines ?? []).flatMap((link) => pickBaselineFigures(source.context.baselines, link, viewer));
}
