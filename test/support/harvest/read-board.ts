import { parse } from 'csv-parse/sync';
import type { PrintedFigure } from '../attacker/knowledge';
import { toText } from '../results-page';

type Line = Readonly<Record<string, string>>;

/** Reads the groups of a board's file with how many were invited, as figures that can be taken from each other. */
export function readBoardFile(text: string): readonly (PrintedFigure & { readonly answered: number })[] {
  const lines: readonly Line[] = parse(text, { columns: true, bom: true });
  return lines.map((line) => {
    const parts = ['organisation', 'sector', 'size'].flatMap((name) => {
      const value = line[name] ?? '';
      return value === '' ? [] : [`${name}=${value}`];
    });
    const group = parts.length === 0 ? 'network' : parts.join(';');
    const n = Number(line['invited'] === '' ? line['eligible'] : line['invited']);
    return {
      indicator: 'invited',
      option: '',
      group,
      n,
      percent: 0,
      isCoarse: false,
      answered: Number(line['answered']),
    };
  });
}

/** Rows of a board's tables of groups: name, and numbers by heading. */
export function readBoardPage(
  html: string,
): readonly { readonly name: string; readonly cells: ReadonlyMap<string, string> }[] {
  const tables = [...html.matchAll(/<table class="[^"]*board-table[^"]*".*?<\/table>/gs)].map(([text]) => text);
  return tables.flatMap((table) =>
    [...table.matchAll(/<tr role="row"><th role="rowheader" scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].map(
      ([, name = '', cells = '']) => ({
        name: toText(name),
        cells: new Map(
          [...cells.matchAll(/data-label="([^"]*)">([^<]*)/g)].map(([, label = '', text = '']) => [label, text.trim()]),
        ),
      }),
    ),
  );
}
