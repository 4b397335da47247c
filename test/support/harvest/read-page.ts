import { readCharts, toText, type ChartData } from '../results-page';
import {
  emptyHarvest,
  type Harvest,
  type HarvestedDifference,
  type HarvestedFigure,
  type ShownFigure,
} from './figures';
import { readVerdict, type LabelledOption } from './read-files';

/** What is known of a page before it is read: which one it is. */
export interface PageAddress {
  readonly wave: string;
  readonly edition: string;
  readonly language: string;
  /** Groups of the own figures, of those beside them (null: nothing is compared), and of the members by name. */
  readonly own: string;
  readonly beside: string | null;
  readonly members: ReadonlyMap<string, string>;
  /** What stands on the page, from its file. */
  readonly labels: readonly LabelledOption[];
}

/** Reads every figure of a comparison page by what is seen on it: tables, charts, members, and the sentences on top. */
export function readComparisonPage(html: string, address: PageAddress): Harvest {
  const articles = [...html.matchAll(/<article class="indicator">(.*?)<\/article>/gs)].map(([, text = '']) => text);
  const found = articles.map((article) => readArticle(article, address));
  const figures = found.flatMap((one) => one.figures);
  const differences = found.flatMap((one) => one.differences);
  checkCompleteness(figures, address);
  checkHeadline(html, figures, differences, address);
  return { ...emptyHarvest, figures, differences, hiddenMarks: found.flatMap((one) => one.hiddenMarks) };
}

function readArticle(article: string, address: PageAddress): Harvest {
  const title = toText(/class="figures__title">(.*?)<\/span>/s.exec(article)?.[1] ?? '');
  const [chart] = readCharts(article);
  if (chart === undefined) throw new RangeError(`a table without a chart: ${title}`);
  const [alternative] = /<canvas[^>]*>/.exec(article) ?? [''];
  if (/\d+\s*%/.test(alternative)) throw new RangeError(`a figure in an alternative text: ${alternative}`);
  const rows = [...article.matchAll(/<tr role="row">\s*<th role="rowheader"[^>]*>(.*?)<\/th>(.*?)<\/tr>/gs)].map(
    ([, label = '', cells = ''], index) => ({ label: toText(label), cells, chart: chart.rows[index] }),
  );
  if (rows.length !== chart.rows.length) throw new RangeError(`table and chart of different length: ${title}`);
  const members = readMembers(article, title, address);
  const harvests = rows.map((row) => readRow(row, { title, address, members }));
  return {
    ...emptyHarvest,
    figures: [...harvests.flatMap(({ figures }) => figures), ...members],
    differences: harvests.flatMap(({ differences }) => differences),
    hiddenMarks: harvests.flatMap(({ hiddenMarks }) => hiddenMarks),
  };
}

interface RowSource {
  readonly title: string;
  readonly address: PageAddress;
  readonly members: readonly HarvestedFigure[];
}

function readRow(
  { label, cells, chart }: { label: string; cells: string; chart: ChartData['rows'][number] | undefined },
  { title, address, members }: RowSource,
): Harvest {
  const place = { ...findOption(address, title, label), wave: address.wave, edition: address.edition };
  const parts = [...cells.matchAll(/<td role="cell"([^>]*)>(.*?)<\/td>/gs)].map(([, attributes = '', text = '']) => {
    return { attributes, text };
  });
  const counts = parts.find(({ attributes }) => attributes.includes('cell-n'))?.text ?? '';
  const [ownCount, besideCount] = [...counts.matchAll(/<span>(.*?)<\/span>/gs)].map(([, text = '']) => readCount(text));
  const [ownCell, besideCell, verdictCell] = parts;
  const own = readCell(ownCell!.text, ownCount ?? null);
  const beside = readBeside(besideCell!.text, besideCount ?? null, address.beside);
  checkChart(chart, { own, beside, members: members.filter((one) => isSameOption(one, place)) }, `${title}: ${label}`);
  const source = `page ${address.language}`;
  const mark = (what: string, text: string, isHidden: boolean): Harvest['hiddenMarks'] =>
    isHidden ? [{ place: `${what} on a page in ${address.language}`, mark: text.replaceAll(/\s+/g, ' ') }] : [];
  const told = readVerdictCell(verdictCell!.text);
  const against = address.beside === null ? [] : [address.beside];
  // Another comparator is left out beside a hidden figure, whether or not it is hidden itself.
  const claimed = against.filter((group) => beside !== null || group.startsWith('rest='));
  return {
    ...emptyHarvest,
    figures: [
      { ...place, source, group: address.own, shown: own },
      ...claimed.map((group) => ({ ...place, source, group, shown: beside })),
    ],
    differences: against.map((group) => ({ ...place, source, group: address.own, against: group, told })),
    hiddenMarks: [
      ...mark('figure', ownCell!.text, own === null),
      ...mark('figure', besideCell!.text, address.beside !== null && beside === null),
      ...mark('difference', verdictCell!.text, told === null),
      ...mark('chart', JSON.stringify([chart?.own, chart?.note]), own === null),
    ],
  };
}

/** What stands in the column of a group that is compared with; nothing where there is no such group. */
function readBeside(html: string, n: number | null, group: string | null): ShownFigure | null {
  if (group !== null) return readCell(html, n);
  if (/\d/.test(toText(html)) || n !== null) throw new RangeError(`a number beside nothing: ${toText(html)}`);
  return null;
}

function isSameOption(one: Pick<HarvestedFigure, 'indicator' | 'option'>, other: typeof one): boolean {
  return one.indicator === other.indicator && one.option === other.option;
}

/** Tables are of one indicator, with options as rows, or of one answer to several. */
function findOption({ labels }: PageAddress, title: string, label: string): { indicator: string; option: string } {
  const alike = labels.filter(
    ({ indicatorLabel, optionLabel }) =>
      (indicatorLabel === title && optionLabel === label) || (indicatorLabel === label && optionLabel === title),
  );
  const [found] = alike;
  if (found === undefined || alike.length > 1) throw new RangeError(`${alike.length} options "${title}: ${label}"`);
  return { indicator: found.indicator, option: found.option };
}

function readCell(html: string, n: number | null): ShownFigure | null {
  const text = toText(html);
  if (html.includes('hidden-figure')) {
    if (/\d/.test(text) || n !== null) throw new RangeError(`a number in a hidden cell: ${text}`);
    return null;
  }
  const share = toText(/class="share">(.*?)<\/span>/s.exec(html)?.[1] ?? '');
  const percent = /(\d+)\s*%$/.exec(share)?.[1];
  if (percent === undefined || n === null) throw new RangeError(`no figure: ${text}`);
  const [, low, high] = /class="interval">\((\d+)–(\d+)\)/.exec(html) ?? [];
  const isCoarse = /^\D/.test(share);
  const interval = low === undefined || high === undefined ? {} : { low: Number(low), high: Number(high) };
  return { percent: Number(percent), n, isCoarse, ...interval };
}

function readCount(html: string): number | null {
  const digits = /(?<![\d])(\d[\d\s.,]*)$/.exec(toText(html).replaceAll(/[\u00a0\u202f]/g, ' '))?.[1];
  return digits === undefined ? null : Number(digits.replaceAll(/\D/g, ''));
}

function readVerdictCell(html: string): HarvestedDifference['told'] {
  const kind = /data-kind="([^"]*)"/.exec(html)?.[1];
  if (kind === undefined) {
    if (/\d/.test(toText(html))) throw new RangeError(`a number in a hidden cell: ${html}`);
    return null;
  }
  const verdict = readVerdict(toText(/class="verdict"[^>]*>(.*?)<\/span>/s.exec(html)?.[1] ?? ''));
  const points = /class="points">([+−]\d+)/.exec(html)?.[1];
  if (kind !== verdict) throw new RangeError(`the mark of a verdict is ${kind}, its words are ${verdict}`);
  return points === undefined ? { verdict } : { verdict, points: Number(points.replace('−', '-')) };
}

function readMembers(article: string, title: string, address: PageAddress): readonly HarvestedFigure[] {
  const [, table = ''] = /<details class="ds-details members">(.*?)<\/details>/s.exec(article) ?? [];
  return [...table.matchAll(/<tbody>(.*?)<\/tbody>/gs)].flatMap(([, body = '']) => {
    const label = toText(/members__option[^>]*>(.*?)<\/th>/s.exec(body)?.[1] ?? '');
    const place = { ...findOption(address, title, label), wave: address.wave, edition: address.edition };
    const rows = [...body.matchAll(/<th scope="row">(.*?)<\/th><td>(.*?)<\/td><td>(.*?)<\/td>/gs)];
    return rows.map(([, name = '', share = '', count = '']): HarvestedFigure => {
      const group = address.members.get(toText(name));
      if (group === undefined) throw new RangeError(`no member ${name}`);
      const shown = readCell(share, readCount(count));
      if (shown === null) throw new RangeError(`a hidden figure in the list of members: ${name}`);
      return { ...place, source: `members ${address.language}`, group, shown };
    });
  });
}

/** What a chart draws is what the table beside it says. */
function checkChart(
  chart: ChartData['rows'][number] | undefined,
  table: { own: ShownFigure | null; beside: ShownFigure | null; members: readonly HarvestedFigure[] },
  what: string,
): void {
  const { own, beside, members } = table;
  const percentOf = (figure: ShownFigure | null): number | null => (figure === null ? null : figure.percent);
  const limits = own?.low === undefined ? null : [own.low, own.high];
  const said = [percentOf(own), percentOf(beside), members.map(({ shown }) => percentOf(shown)), limits];
  const drawnLimits = chart?.own ? [chart.own.low, chart.own.high] : null;
  const drawn = [chart?.own?.value ?? null, chart?.rest ?? null, chart?.members, limits === null ? null : drawnLimits];
  if (JSON.stringify(drawn) !== JSON.stringify(said)) {
    throw new RangeError(`the chart draws ${JSON.stringify(drawn)}, the table says ${JSON.stringify(said)}: ${what}`);
  }
}

function checkCompleteness(figures: readonly HarvestedFigure[], { labels, own }: PageAddress): void {
  const read = new Set(figures.filter(({ group }) => group === own).map(({ indicator, option }) => indicator + option));
  const missing = labels.filter(({ indicator, option }) => !read.has(indicator + option));
  if (missing.length > 0) throw new RangeError(`not on the page: ${JSON.stringify(missing[0])}`);
}

/** Numbers in the sentences on top are shown shares, or count rows. */
function checkHeadline(
  html: string,
  figures: readonly HarvestedFigure[],
  differences: readonly HarvestedDifference[],
  address: PageAddress,
): void {
  const header = toText(/<header class="finding">(.*?)<\/header>/s.exec(html)?.[1] ?? '');
  const pairs = [...header.matchAll(/\((\d+) (?:mot|mod|against) (\d+)/g)];
  const shares = (group: string | null): ReadonlySet<number | undefined> =>
    new Set(figures.filter((one) => one.group === group).map(({ shown }) => shown?.percent));
  for (const [text, own, beside] of pairs) {
    if (!shares(address.own).has(Number(own)) || !shares(address.beside).has(Number(beside))) {
      throw new RangeError(`a figure on top that is not below: ${text}`);
    }
  }
  const clear = differences.filter(({ told }) => told?.verdict === 'above' || told?.verdict === 'below');
  if (clear.length > 0 && pairs.length === 0)
    throw new RangeError(`the sentences on top were not understood: ${header}`);
}
