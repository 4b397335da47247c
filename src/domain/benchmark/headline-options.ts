import type { Indicator, IndicatorOption } from '../instrument/codebook';

/**
 * Options that the comparison page shows and tests.
 * @param indicator an indicator of the codebook
 * @returns options in the codebook's order; all where the codebook picks none
 */
export function listHeadlineOptions({ options, headline }: Indicator): readonly IndicatorOption[] {
  return headline === undefined ? options : options.filter(({ id }) => headline.includes(id));
}

/**
 * Names the options that are shown and tested.
 * @param indicators indicators of a codebook
 * @returns identifiers by indicator, in the codebook's order
 */
export function listHeadlines(
  indicators: readonly Indicator[],
): readonly { readonly indicator: string; readonly options: readonly string[] }[] {
  return indicators.map((indicator) => ({
    indicator: indicator.id,
    options: listHeadlineOptions(indicator).map(({ id }) => id),
  }));
}
