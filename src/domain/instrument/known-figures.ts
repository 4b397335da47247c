import type { BaselineLink } from './codebook';
import { codebookFault } from './fault';
import type { InstrumentFault } from './types';

/** Published shares that a codebook may link to, each as baseline/indicator/option. */
export type KnownFigures = ReadonlySet<string>;

/** What is read of a published figure to know it again. */
interface PublishedRow {
  readonly indicator_id: string;
  readonly option_id: string;
  readonly unit: string;
}

/**
 * Names every published share, so that links to figures that do not exist are found. Counts are left out: they are never
 * shown beside a share.
 * @param rows published figures by baseline
 * @returns names, each baseline/indicator/option
 */
export function nameKnownFigures(rows: ReadonlyMap<string, readonly PublishedRow[]>): KnownFigures {
  return new Set(
    [...rows].flatMap(([baseline, figures]) =>
      figures
        .filter(({ unit }) => unit !== 'number')
        .map(({ indicator_id: indicator, option_id: option }) => `${baseline}/${indicator}/${option}`),
    ),
  );
}

/**
 * Finds what a link to a published figure names that does not exist.
 * @param link the link
 * @param place JSON path of the link
 * @param known published shares at hand
 * @returns one fault at the first part that no figure has, with what there is instead; none for a link that holds
 */
export function checkBaselineLink(
  { baseline, indicatorId, optionId }: BaselineLink,
  place: string,
  known: KnownFigures,
): readonly InstrumentFault[] {
  const figures = [...known].map((name) => name.split('/'));
  const ofBaseline = figures.filter(([first]) => first === baseline);
  if (ofBaseline.length === 0) {
    const message = `unknown baseline "${baseline}"; known: ${list(figures.map(([first]) => first))}`;
    return [codebookFault(`${place}.baseline`, message)];
  }
  const ofIndicator = ofBaseline.filter(([, second]) => second === indicatorId);
  if (ofIndicator.length === 0) {
    const message = `"${baseline}" has no indicator "${indicatorId}"; known: ${list(ofBaseline.map(([, second]) => second))}`;
    return [codebookFault(`${place}.indicatorId`, message)];
  }
  const options = ofIndicator.map(([, , third]) => third);
  if (options.includes(optionId)) return [];
  const message = `"${indicatorId}" of "${baseline}" has no option "${optionId}"; known: ${list(options)}`;
  return [codebookFault(`${place}.optionId`, message)];
}

function list(names: readonly (string | undefined)[]): string {
  return [...new Set(names)].map((name) => (name === '' ? '""' : name)).join(', ');
}
