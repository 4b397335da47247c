import { isSuppressed } from '../../../domain/disclosure/publishable';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { formatMoment } from '../waves/release-panel';
import { collectBaselineNotes, type BaselineNote } from './baseline-notes';
import { listFacts, type Fact } from './comparison-facts';
import { createFilter, type FilterField } from './comparison-filter';
import { writeComparisonQuery } from './comparison-query';
import { createComparisonTable, hasHiddenFigure, nameRest, type ComparisonTable } from './comparison-table';
import { groupRows, type RowGroup } from './group-rows';
import { createHeadline, type Headline } from './headline';
import { createReleaseIdentity, type ReleaseIdentity } from './release-identity';
import { describeCorrection } from './correction-notice';
import { listReadingAdvice } from './reading-guide';
import { isNorwegian, nameCategory, type Words } from './words';

/** Everything that the comparison view shows, in words. */
export interface ComparisonView {
  readonly title: string;
  readonly isDemo: boolean;
  /** Whether everybody may see the page. */
  readonly isPublic: boolean;
  /** That the page is a public edition, or that it is held back; null otherwise. */
  readonly notice: string | null;
  /** Why the release corrects the one before it; null otherwise. */
  readonly correction: string | null;
  /** Where one is: theme, organisation (with its part) and period. */
  readonly eyebrow: readonly string[];
  readonly headline: Headline;
  readonly network: string;
  readonly organisation: string;
  readonly action: string;
  readonly filter: readonly FilterField[];
  readonly facts: readonly Fact[];
  readonly theme: { readonly title: string; readonly description: string };
  /** What holds for all tables of the theme. */
  readonly remarks: readonly string[];
  readonly tables: readonly ComparisonTable[];
  readonly notes: readonly BaselineNote[];
  readonly caveats: readonly string[];
  readonly guide: readonly string[];
  readonly identity: ReleaseIdentity;
  readonly files: {
    readonly page: string;
    readonly all: string;
    readonly method: string;
    readonly spread: string | null;
  };
}

/**
 * Turns a comparison into the words, tables and charts of its page.
 * @param page figures that may be shown
 * @param words words of the reader's language
 */
export function createComparisonView(page: ComparisonPage, words: Words): ComparisonView {
  const { organisation, wave, theme, breakdown } = page;
  const groups = groupRows(page.rows, words);
  const baselines = collectBaselineNotes(groups, words);
  const usualRest = findUsualRest(page, words);
  const hasBaselines = breakdown.dimension === 'none' && groups.some(hasFigures);
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  const part = breakdown.dimension === 'none' ? [] : [nameCategory(words, breakdown.dimension, breakdown.value)];
  const period = wave.period.replace('-', '–');
  return {
    title: words.t('results.title', { organisation: organisation.name, period }),
    isDemo: page.network.isDemo,
    isPublic: page.release.audience === 'public',
    notice: describeEdition(page, words),
    correction: describeCorrection(page.origin, words),
    eyebrow: [words.pick(theme.label), organisation.name, ...part, period],
    headline: createHeadline(page, words),
    network: page.network.name,
    organisation: organisation.name,
    action: `${path}/sammenligning`,
    filter: createFilter(page, words),
    facts: listFacts(page, usualRest, words),
    theme: { title: words.pick(theme.label), description: words.pick(theme.description) },
    remarks: listRemarks(page, words),
    tables: groups.map((group, index) =>
      createComparisonTable(group, index, { organisation, page, notes: baselines, usualRest, hasBaselines, words }),
    ),
    notes: baselines.notes,
    caveats: listCaveats(page, words),
    guide: listReadingAdvice(page, words),
    identity: createReleaseIdentity(page.origin, words),
    files: {
      page: `${path}/sammenligning.csv?${writeComparisonQuery(page)}`,
      all: `${path}/tall.csv`,
      method: `${path}/metode`,
      spread: page.network.isOpen ? `${path}/spredning` : null,
    },
  };
}

function describeEdition({ release, method }: ComparisonPage, words: Words): string | null {
  const { audience, heldBackUntil } = release;
  if (heldBackUntil !== null) return words.t('results.held_back', { time: formatMoment(heldBackUntil, words) });
  return audience === 'public' ? words.t('results.public', { count: method.minimumCellSize }) : null;
}

/** The organisations that most rows of the page are compared with. */
function findUsualRest({ rows }: ComparisonPage, words: Words): string {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(nameRest(row, words), (counts.get(nameRest(row, words)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

function hasFigures({ rows }: RowGroup): boolean {
  return rows.some(({ row }) => row.baselines.length > 0);
}

function listRemarks({ rows, breakdown }: ComparisonPage, words: Words): readonly string[] {
  const hasHidden = rows.some(hasHiddenFigure);
  const hasDanish = rows.some(({ baselines }) => baselines.some((one) => one.figure !== null && !isNorwegian(one)));
  const aboutBaselines =
    breakdown.dimension === 'none'
      ? hasDanish
        ? []
        : [words.t('results.no_danish_theme')]
      : [words.t('results.breakdown_baselines')];
  return [...aboutBaselines, ...(hasHidden ? [words.t('results.hidden.note')] : [])];
}

/** Caveats that concern a figure on the page, each said once. */
function listCaveats({ rows, comparator }: ComparisonPage, words: Words): readonly string[] {
  const flags = new Set(
    rows.flatMap(({ own, rest }) =>
      [own, rest.estimate].flatMap((estimate) => (isSuppressed(estimate) ? [] : estimate.value.flags)),
    ),
  );
  const figures = rows.flatMap(({ baselines }) => baselines.filter(({ figure }) => figure !== null));
  const danish = figures.some((one) => !isNorwegian(one));
  const ks = figures.filter(isNorwegian);
  return [
    ...(danish ? [words.t('results.notes.danish_notice'), words.t('results.notes.danish_interval')] : []),
    ...(ks.length > 0 ? [words.t('results.notes.ks_notice')] : []),
    ...(figures.some(({ figure }) => figure?.isRounded === true) ? [words.t('results.notes.rounded')] : []),
    ...(figures.length > 0
      ? [words.t(comparator.kind === 'baseline' ? 'comparator.notes.tested' : 'results.notes.untested')]
      : []),
    ...(flags.has('unreliable') ? [words.t('results.unreliable.note')] : []),
    ...(flags.has('coarse') ? [words.t('results.coarse.note')] : []),
    ...(flags.has('no_interval') ? [words.t('results.no_interval.note')] : []),
    ...(flags.has('high_nonresponse_adjustment') || flags.has('variable_weights')
      ? [words.t('results.high_nonresponse.note')]
      : []),
  ];
}
