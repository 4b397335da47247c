/** Share that had answered at the end of a day of fieldwork. */
export interface FieldworkPoint {
  /** 1 on the day the wave opened. */
  readonly day: number;
  /** Per cent of the eligible invited. */
  readonly percent: number;
}

/** What the curve of a wave's answers shows. */
export interface FieldworkChartModel {
  /** Last day on the axis. */
  readonly lastDay: number;
  readonly now: readonly FieldworkPoint[];
  /** The last wave; empty: none to compare with. */
  readonly before: readonly FieldworkPoint[];
  /** Per cent aimed at; null: none. */
  readonly target: number | null;
  readonly mailings: readonly { readonly day: number; readonly label: string }[];
  readonly words: {
    readonly now: string;
    readonly before: string;
    readonly target: string;
    /** Day of fieldwork, as the axis and the key of a point call it. */
    readonly day: string;
  };
}
