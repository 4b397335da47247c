/** What a comparison page says, read from its HTML. */
export interface PageRow {
  readonly label: string;
  /** Cells by their heading, as text. */
  readonly cells: ReadonlyMap<string, string>;
}

/** Data of one chart. */
export interface ChartData {
  readonly rows: readonly {
    readonly label: string;
    readonly own: { readonly value: number; readonly low: number; readonly high: number } | null;
    readonly rest: number | null;
    readonly members: readonly number[];
    readonly denmark: number | null;
    readonly norway: number | null;
    readonly note: string;
  }[];
}

export function toText(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Rows of the tables of figures, in order. */
export function readRows(html: string): readonly PageRow[] {
  return [...html.matchAll(/<tr role="row">\s*<th role="rowheader"[^>]*>(.*?)<\/th>(.*?)<\/tr>/gs)].map(
    ([, label = '', rest = '']) => ({
      label: toText(label),
      cells: new Map(
        [...rest.matchAll(/<td[^>]*data-label="([^"]*)"[^>]*>(.*?)<\/td>/gs)].map(([, name = '', cell = '']) => [
          toText(name),
          toText(cell),
        ]),
      ),
    }),
  );
}

/** Data of the charts, in order. */
export function readCharts(html: string): readonly ChartData[] {
  return [...html.matchAll(/<script type="application\/json">(.*?)<\/script>/gs)].map(
    ([, json = '']) => JSON.parse(json) as ChartData,
  );
}

/** Captions of the tables, which tell the base. */
export function readCaptions(html: string): readonly string[] {
  return [...html.matchAll(/<table class="ds-table figures reflow".*?<caption>(.*?)<\/caption>/gs)].map(
    ([, text = '']) => toText(text),
  );
}
