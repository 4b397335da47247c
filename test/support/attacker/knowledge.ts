/** Everything that can be read or known without seeing an answer. Nothing here comes from the program's own code. */
export interface KnownStratum {
  readonly organisation: string;
  readonly sector: string | null;
  readonly size: string | null;
  /** Codes of its organisation's peer groups; none when left out. */
  readonly peers?: readonly string[];
  readonly respondents: number;
  readonly weight: number;
}

/** A figure as it is printed. */
export interface PrintedFigure {
  readonly indicator: string;
  readonly option: string;
  readonly group: string;
  readonly n: number;
  readonly percent: number;
  readonly isCoarse: boolean;
}

export interface Question {
  readonly indicator: string;
  readonly options: readonly string[];
  readonly isOpinion: boolean;
  /** Asked of everybody; else who was asked is an answer itself. */
  readonly isAskedOfAll: boolean;
}

export interface Knowledge {
  readonly strata: readonly KnownStratum[];
  readonly questions: readonly Question[];
  readonly figures: readonly PrintedFigure[];
  /** Organisations behind totals, by indicator. */
  readonly contributors: Readonly<Record<string, readonly string[]>>;
  readonly k: number;
  /** Valid answers per stratum, by indicator: for those who know who answered. */
  readonly valid: Readonly<Record<string, readonly number[]>>;
}

/** What the attacker found out: how many of a set of fewer than k gave an option. */
export interface Disclosure {
  readonly method: 'integer counts' | 'linear bounds';
  readonly indicator: string;
  readonly option: string;
  readonly group: string;
  readonly columns: readonly number[];
  readonly count: number;
}

/** Reads a group's address: "organisation=asker;sector=health", "rest=asker", "peers=neighbours;rest=asker", "network". */
export function belongsTo(
  group: string,
  stratum: Pick<KnownStratum, 'organisation' | 'sector' | 'size' | 'peers'>,
): boolean {
  if (group === 'network') return true;
  return group.split(';').every((part) => {
    const [dimension = '', value = ''] = part.split('=');
    if (dimension === 'rest') return stratum.organisation !== value;
    if (dimension === 'peers') return stratum.peers?.includes(value) ?? false;
    return { organisation: stratum.organisation, sector: stratum.sector, size: stratum.size }[dimension] === value;
  });
}

/** Strata of a group that an indicator's totals are made of. */
export function strataOf(
  { strata, contributors, valid }: Knowledge,
  indicator: string,
  group: string,
): readonly number[] {
  const counted = new Set(contributors[indicator] ?? []);
  return strata.flatMap((stratum, index) => {
    const isIn = counted.has(stratum.organisation) && belongsTo(group, stratum);
    return isIn && (valid[indicator]?.[index] ?? 0) > 0 ? [index] : [];
  });
}

/** Smallest and largest share, in per cent, that is printed so. */
export function sharesPrintedAs({ percent, n, isCoarse }: PrintedFigure): readonly [number, number] {
  const step = isCoarse ? (n < 20 ? 20 : n < 60 ? 10 : 5) : 1;
  return [percent - step / 2, percent + step / 2];
}

/** Facts on which a whole printed group agrees may be told; what follows from it is no finding. */
export function isTold(
  { figures, strata }: Knowledge,
  { indicator, isOpinion }: Question,
  option: string,
  columns: readonly number[],
): boolean {
  if (isOpinion) return false;
  return figures.some(
    (figure) =>
      figure.indicator === indicator &&
      figure.option === option &&
      (figure.percent === 0 || figure.percent === 100) &&
      columns.every((column) => belongsTo(figure.group, strata[column]!)),
  );
}
