import type { SpreadLimit } from '../../domain/benchmark/spread-view';

/** One member with a printed figure. */
export interface SpreadPoint {
  readonly label: string;
  readonly answers: number;
  readonly percent: number;
  readonly isCoarse: boolean;
  /** Outside the funnel: named in the chart. */
  readonly isOutside: boolean;
}

/** What the browser draws; every number is printed in the table as well, or follows from those printed. */
export interface SpreadChartModel {
  readonly points: readonly SpreadPoint[];
  /** Per cent of the network; null where hidden. */
  readonly network: number | null;
  readonly limits: readonly SpreadLimit[];
  readonly words: {
    readonly answers: string;
    readonly members: string;
    readonly coarse: string;
    readonly network: string;
    readonly limits95: string;
    readonly limits998: string;
  };
}
