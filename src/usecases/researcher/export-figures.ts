import type { Context } from '../../context';
import { selectReleaseComparisons } from '../../db/release-figures';
import { findBaseLabel } from '../../domain/benchmark/comparison-view';
import {
  pickBaselineFigures,
  type BaselineBeside,
  type BaselineViewer,
} from '../../domain/benchmark/pick-baseline-figures';
import { roundComparison, roundEstimate, type Shown, type ShownComparison } from '../../domain/benchmark/shown-figures';
import type { ReleaseEstimateRow } from '../../domain/benchmark/release-figures';
import type { Group } from '../../domain/benchmark/types';
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
  readonly comparisons: ReadonlyMap<string, Shown<ShownComparison>>;
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
  });
  const source: Source = {
    ...results,
    context,
    comparisons: new Map(comparisons.map((row) => [addressOf(row), roundComparison(row.comparison)])),
  };
  const byKey = new Map(groups.map((group) => [group.key, group]));
  const text = writeFiguresCsv({
    wave: wave.key,
    period: wave.period,
    network: wave.network.name,
    note: wave.network.isDemo ? translate(input.language, 'layout.demo') : '',
    figures: estimates.flatMap((row) => describeRow(source, byKey.get(row.group), row)),
    words: createFigureWords(input.language, wave.organisations),
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
      estimate: roundEstimate(row.estimate),
      comparison: source.comparisons.get(addressOf(row)) ?? null,
      contributors: listContributorNames(source, group, indicator),
      baselines: listBaselines(source, group, option),
    },
  ];
}

function listContributorNames(
  { wave, release }: Source,
  group: Group,
  indicator: Indicator,
): FigureForTable['contributors'] {
  if (group.organisation !== null) return null;
  const keys = new Set(release.lattice.contributors[indicator.id] ?? []);
  return wave.organisations.filter(({ key }) => keys.has(key) && key !== group.rest);
}

/** Published figures stand beside the network's and the organisations' totals only. */
function listBaselines(source: Source, group: Group, option: IndicatorOption): readonly BaselineBeside[] {
  if (group.sector !== null || group.size !== null || group.rest !== null) return [];
  const organisation = source.wave.organisations.find(({ key }) => key === group.organisation);
  const viewer: BaselineViewer = organisation?.kind ?? 'network';
  return (option.baselines ?? []).flatMap((link) => pickBaselineFigures(source.context.baselines, link, viewer));
}

function addressOf(row: { readonly indicator: string; readonly option: string; readonly group: string }): string {
  return `${row.group}/${row.indicator}/${row.option}`;
}
