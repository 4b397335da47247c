import type { Codebook } from '../instrument/codebook';
import type { BaselineCatalogue } from './baselines';
import { pickBaselineFigures, type BaselineFigure, type BaselineViewer } from './pick-baseline-figures';

/** Published figures of one round and population, with every page that they were read on. */
export interface UsedBaseline {
  readonly baseline: string;
  /** One of the figures: round, period and population are those of all. */
  readonly figure: BaselineFigure;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
}

/**
 * Lists the published figures that stand beside the figures of an instrument.
 * @param catalogue every published figure
 * @param codebook the instrument's codebook
 * @param viewers whose figures they stand beside
 * @returns each round and population once, in the order in which they appear
 */
export function listUsedBaselines(
  catalogue: BaselineCatalogue,
  codebook: Codebook,
  viewers: readonly BaselineViewer[],
): readonly UsedBaseline[] {
  const links = codebook.indicators.flatMap(({ options }) => options.flatMap(({ baselines }) => baselines ?? []));
  const used = new Map<string, UsedBaseline>();
  for (const viewer of new Set(viewers)) {
    for (const { baseline, figure } of links.flatMap((link) => pickBaselineFigures(catalogue, link, viewer))) {
      if (figure === null) continue;
      const key = JSON.stringify([baseline, figure.round, figure.period, figure.population]);
      used.set(key, addSource(used.get(key) ?? { baseline, figure, sources: [] }, figure.source));
    }
  }
  return [...used.values()];
}

function addSource(used: UsedBaseline, source: BaselineFigure['source']): UsedBaseline {
  return used.sources.some(({ url }) => url === source.url) ? used : { ...used, sources: [...used.sources, source] };
}
