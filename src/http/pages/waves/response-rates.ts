import type { ResponseRates } from '../../../domain/statistics/response-rates';
import type { Words } from '../results/words';

/** The six response rates in the order of their definitions. */
export const rateNames = ['rr1', 'rr2', 'rr3', 'rr4', 'rr5', 'rr6'] as const satisfies readonly (keyof ResponseRates)[];

const decimals = 1;

/**
 * Writes response rates in words.
 * @param rates the rates, 0-1
 * @param words words of the reader's language
 * @returns RR1 to RR6 in per cent with one decimal, for the six often lie within one point
 */
export function listResponseRates(
  rates: ResponseRates,
  words: Words,
): readonly { readonly label: string; readonly text: string }[] {
  return rateNames.map((name) => {
    const rate = rates[name];
    const text = rate === null ? '–' : words.t('results.percent', { value: formatPercent(rate, words) });
    return { label: name.toUpperCase(), text };
  });
}

function formatPercent(rate: number, { language }: Words): string {
  const text = (rate * 100).toFixed(decimals);
  return language === 'en' ? text : text.replace('.', ',');
}
