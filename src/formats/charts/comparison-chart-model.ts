/** One row of the comparison chart: published whole percentages only; null = hidden or not published. */
export interface ComparisonChartRow {
  readonly label: string;
  readonly own: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly rest: number | null;
  readonly members: readonly number[];
  readonly denmark: number | null;
  readonly norway: number | null;
  /** What is written at the right end: the value, or that it is hidden. */
  readonly note: string;
}

export interface ComparisonChartWords {
  readonly own: string;
  readonly rest: string;
  readonly members: string;
  readonly denmark: string;
  readonly norway: string;
}

export interface ComparisonChartModel {
  readonly rows: readonly ComparisonChartRow[];
  readonly words: ComparisonChartWords;
}
