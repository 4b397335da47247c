import type { IndicatorOption } from '../instrument/codebook';
import type { BaselineCatalogue } from './baselines';
import type { PublishedFigure } from './outside-figures';
import { pickBaselineFigures, type BaselineBeside, type BaselineViewer } from './pick-baseline-figures';

/**
 * Chooses the published figure that an organisation's share is tested against: the first that stands beside it, has the
 * same content, is not rounded to "seven in ten" and has a known number of answers.
 * @param catalogue every published figure
 * @param option option of an indicator with its ties to baselines
 * @param viewer whose own figure it is
 * @returns the figure as it stands beside the share; null when nothing can be tested
 */
export function pickPublished(
  catalogue: BaselineCatalogue,
  option: IndicatorOption,
  viewer: BaselineViewer,
): (BaselineBeside & { readonly tested: PublishedFigure }) | null {
  for (const link of option.baselines ?? []) {
    if (link.comparability !== 'same') continue;
    for (const beside of pickBaselineFigures(catalogue, link, viewer)) {
      const { figure } = beside;
      if (figure === null || figure.isRounded || figure.n === null) continue;
      const { round, percent, n } = figure;
      return { ...beside, tested: { baseline: beside.baseline, round, percent, n } };
    }
  }
  return null;
}
