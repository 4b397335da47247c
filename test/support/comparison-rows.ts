import type { ComparisonRow } from '../../src/domain/benchmark/comparison-view';
import type { BaselineBeside } from '../../src/domain/benchmark/pick-baseline-figures';
import type { ShownComparison } from '../../src/domain/benchmark/shown-figures';
import { fromRelease, type Publishable, type Suppressed } from '../../src/domain/disclosure/publishable';
import type { LocalisedText } from '../../src/domain/languages';

/** A text that is the same in every language. */
export function sameText(text: string): LocalisedText {
  return { nb: text, nn: text, en: text, da: text };
}

/** A figure that may be shown, as a release gives it. */
function shown<T>(figure: T): Publishable<T> | Suppressed {
  return fromRelease({ releaseId: 'release', isSuppressed: false, figure });
}

export const hidden = fromRelease<never>(undefined);

/** A Danish figure of the newest round. */
export const danishFigure: BaselineBeside = {
  baseline: 'denmark',
  comparability: 'same',
  why: sameText('Samme spørsmål.'),
  figure: {
    percent: 80,
    isRounded: false,
    n: 1352,
    round: '4',
    period: '2021-2023',
    population: 'all_public',
    base: 'all workplaces',
    source: { title: 'CO-PI', url: 'https://co-pi.dk/' },
  },
};

/** A rounded Norwegian figure. */
export const norwegianFigure: BaselineBeside = {
  ...danishFigure,
  baseline: 'norway',
  comparability: 'adapted',
  why: sameText('Andre sektorer.'),
  figure: {
    percent: 70,
    isRounded: true,
    n: null,
    round: 'KS 2020',
    period: '2018-2019',
    population: 'municipal_and_county_units',
    base: 'all workplaces',
    source: { title: 'KS', url: 'https://www.ks.no/' },
  },
};

/** One row of a comparison: 62 per cent (54-70, n = 87) against 51 of the rest. */
export function createRow(
  indicator: string,
  option: string,
  changes: Partial<ComparisonRow> & { readonly verdict?: ShownComparison['verdict'] } = {},
): ComparisonRow {
  const { verdict = 'above', ...rest } = changes;
  return {
    indicator,
    option,
    indicatorLabel: sameText(indicator),
    optionLabel: sameText(option),
    baseLabel: sameText('Alle arbeidsplasser'),
    direction: 'higher',
    own: shown({ n: 87, percent: 62, lowPercent: 54, highPercent: 70, flags: [] }),
    rest: {
      estimate: shown({ n: 568, percent: 51, lowPercent: 48, highPercent: 54, flags: [] }),
      organisations: [
        { key: 'barum', name: 'Bærum' },
        { key: 'oslo', name: 'Oslo' },
      ],
    },
    members: [],
    baselines: [],
    beside: {
      comparator: 'rest=asker',
      absence: null,
      printed: shown({
        percent: 51,
        lowPercent: 48,
        highPercent: 54,
        isCoarse: false,
        n: 568,
        organisations: null,
        differencePoints: verdict === 'below' ? -11 : 11,
        lowPoints: 0,
        highPoints: 22,
      }),
    },
    comparison: shown({ differencePoints: verdict === 'below' ? -11 : 11, verdict }),
    ...rest,
  };
}
