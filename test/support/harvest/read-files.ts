import { parse } from 'csv-parse/sync';
import type { EstimatesAnswer } from '../../../src/formats/api/estimates-answer';
import {
  emptyHarvest,
  joinHarvests,
  type Harvest,
  type HarvestedDifference,
  type HarvestedFigure,
  type ShownFigure,
} from './figures';

type Line = Readonly<Record<string, string>>;

const verdicts = {
  above: /^(?:høyere|høgare|higher|højere)/i,
  below: /^(?:lavere|lågare|lower)/i,
  no_clear_difference: /^(?:ingen sikker|no clear)/i,
  not_tested: /^(?:ikke testet|ikkje testa|not tested|for få|too few)/i,
};

/** What a verdict says, in whichever language. */
export function readVerdict(text: string): string {
  const found = Object.entries(verdicts).find(([, words]) => words.test(text));
  if (found === undefined) throw new RangeError(`no verdict: ${text}`);
  return found[0];
}

/** Columns that are read; published figures of others and texts about them are not. */
const wanted = new Set([
  ...['wave', 'edition', 'group', 'indicator', 'indicator_label', 'option', 'option_label', 'flags', 'n'],
  ...['percent', 'low', 'high', 'difference_from_rest', 'verdict', 'share', 'se', 'se_nofpc', 'df'],
  ...['comparator', 'comparator_percent', 'comparator_low', 'comparator_high', 'comparator_n', 'difference', 'outcome'],
]);

function readCsv(text: string): readonly Line[] {
  const columns = (names: readonly string[]): (string | false)[] => names.map((name) => wanted.has(name) && name);
  return parse(text, { columns, bom: true });
}

/** An indicator's option with the words that pages have for it. */
export interface LabelledOption {
  readonly indicator: string;
  readonly option: string;
  readonly indicatorLabel: string;
  readonly optionLabel: string;
}

/** Options of a file of figures that are told of one group, in order. */
export function readLabels(text: string, group: string): readonly LabelledOption[] {
  return readCsv(text)
    .filter((line) => line['group'] === group)
    .map((line) => ({
      indicator: line['indicator']!,
      option: line['option']!,
      indicatorLabel: line['indicator_label']!,
      optionLabel: line['option_label']!,
    }));
}

/** Reads a file of figures: that of a page, or that of all figures. */
export function readFiguresCsv(text: string, edition: string, source: string): Harvest {
  const lines = readCsv(text);
  const figures = lines.map((line): HarvestedFigure => ({
    ...addressIn(line, edition, source),
    shown: readShown(line),
  }));
  const differences = lines
    .filter((line) => line['verdict'] !== '')
    .map((line): HarvestedDifference => {
      const isHidden = line['verdict'] === ':';
      const told = isHidden
        ? null
        : { verdict: readVerdict(line['verdict']!), points: toNumber(line['difference_from_rest']) };
      const against = line['group']!.replace('organisation=', 'rest=');
      return { ...addressIn(line, edition, source), against, told };
    });
  const hiddenMarks = lines.flatMap((line) => [
    ...(isHiddenLine(line) ? [{ place: 'figure in a file', mark: pick(line, figureColumns) }] : []),
    ...(line['verdict'] === ':' ? [{ place: 'difference in a file', mark: pick(line, differenceColumns) }] : []),
  ]);
  const beside = lines.map((line) => readBeside(line, edition, source));
  return joinHarvests([{ ...emptyHarvest, figures, differences, hiddenMarks }, ...beside]);
}

/** Groups of the wave itself; not the mean of organisations, other waves and published figures. */
const ownGroup = /^(?:network$|(?:organisation|rest|peers|sector|size)=)/;

/** The group that the figures of a page's file are compared with; null where nothing is compared. */
export function readBesideGroup(text: string): string | null {
  const groups = new Set(
    readCsv(text).flatMap(({ comparator = '' }) => (ownGroup.test(comparator) ? [comparator] : [])),
  );
  const [group = null] = groups;
  if (groups.size > 1) throw new RangeError(`compared with ${[...groups].join(' and ')}`);
  return group;
}

/** What a line of a page's file says of the group that is compared with. */
function readBeside(line: Line, edition: string, source: string): Harvest {
  const group = line['comparator'] ?? '';
  if (!ownGroup.test(group)) return emptyHarvest;
  const address = addressIn(line, edition, source);
  if (line['comparator_percent'] === ':') {
    const mark = { place: 'what is compared with in a file', mark: pick(line, besideColumns) };
    return { ...emptyHarvest, differences: [{ ...address, against: group, told: null }], hiddenMarks: [mark] };
  }
  const [n = 0, percent = 0, low = 0, high = 0, points = 0] = besideNumbers.map((column) => toNumber(line[column]));
  const told = { verdict: readVerdict(line['outcome']!), points };
  return {
    ...emptyHarvest,
    figures: [{ ...address, group, shown: { n, percent, low, high } }],
    differences: [{ ...address, against: group, told }],
  };
}

const besideNumbers = ['comparator_n', 'comparator_percent', 'comparator_low', 'comparator_high', 'difference'];
const besideColumns = [...besideNumbers, 'outcome'];

const figureColumns = ['n', 'percent', 'low', 'high', 'flags'];
const differenceColumns = ['difference_from_rest', 'verdict'];

function pick(line: Line, columns: readonly string[]): string {
  return columns.map((column) => `${column}=${line[column]}`).join(' ');
}

function isHiddenLine(line: Line): boolean {
  return [line['n'], line['percent'], line['low'], line['high']].some((cell) => !/^\d+$/.test(cell ?? ''));
}

function addressIn(line: Line, edition: string, source: string): Omit<HarvestedFigure, 'shown'> {
  const [wave, indicator, option, group] = [line['wave']!, line['indicator']!, line['option']!, line['group']!];
  return { source, wave, edition, indicator, option, group };
}

function readShown(line: Line): ShownFigure | null {
  if (isHiddenLine(line)) return null;
  const { n, percent, low, high } = line;
  const isCoarse = line['flags']!.split(';').includes('coarse');
  return { n: toNumber(n), percent: toNumber(percent), low: toNumber(low), high: toNumber(high), isCoarse };
}

function toNumber(text: string | undefined): number {
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`no number: ${text}`);
  return Number(text);
}

const toPercent = (share: number): number => Math.round(share * 100);

/** Reads what the API answers with. */
export function readApiAnswer({ wave, release, indicators, estimates }: EstimatesAnswer, source: string): Harvest {
  return {
    ...emptyHarvest,
    contributors: Object.fromEntries(indicators.map(({ id, contributors }) => [id, contributors])),
    figures: estimates.map(({ indicator, option, group, n, share, low, high, flags }): HarvestedFigure => {
      const address = { source, wave: wave.key, edition: release.edition, indicator, option, group };
      if (n === null || share === null || low === null || high === null) return { ...address, shown: null };
      const isCoarse = flags?.includes('coarse') ?? false;
      const shown = { n, percent: toPercent(share), low: toPercent(low), high: toPercent(high), isCoarse };
      return { ...address, shown };
    }),
    hiddenMarks: estimates
      .filter(({ suppressed, n, share }) => suppressed || n === null || share === null)
      .map((one) => ({
        place: 'figure in JSON',
        mark: JSON.stringify({ ...one, group: '', indicator: '', option: '' }),
      })),
  };
}

/** Reads the API's CSV, which names its edition on every line. */
export function readApiCsv(text: string, source: string): Harvest {
  const lines = readCsv(text);
  const isHidden = (line: Line): boolean => line['n'] === '' || line['share'] === ':';
  return {
    ...emptyHarvest,
    figures: lines.map((line): HarvestedFigure => {
      const address = addressIn(line, line['edition']!, source);
      if (isHidden(line)) return { ...address, shown: null };
      const [percent, low, high] = ['share', 'low', 'high'].map((column) => toPercent(toNumber(line[column])));
      const isCoarse = line['flags']!.split(';').includes('coarse');
      return { ...address, shown: { n: toNumber(line['n']), percent: percent!, low: low!, high: high!, isCoarse } };
    }),
    hiddenMarks: lines.filter(isHidden).map((line) => {
      const columns = ['n', 'share', 'low', 'high', 'se', 'se_nofpc', 'df', 'flags'];
      return { place: 'figure in the API’s CSV', mark: pick(line, columns) };
    }),
  };
}
