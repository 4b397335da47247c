import { listLinks, type RegionGraph, type RegionLink } from './region-codes';

/** A code on a day. */
export interface DatedCode {
  readonly code: string;
  readonly date: string;
}

export type Direction = 'forward' | 'backward';

/** The lines of one day. */
export type RegionStep = readonly [day: string, links: readonly RegionLink[]];

/**
 * Lists the days between two days on which something changed.
 * @param graph codes and changes of one classification
 * @param between after the one day, up to and with the other
 * @param direction which way in time
 * @returns days in the order of travel, each with its lines
 */
export function listSteps(
  graph: RegionGraph,
  between: { readonly from: string; readonly to: string },
  direction: Direction,
): readonly RegionStep[] {
  const steps = new Map<string, RegionLink[]>();
  for (const link of listLinks(graph)) {
    if (link.changedOn <= between.from || link.changedOn > between.to) continue;
    steps.set(link.changedOn, [...(steps.get(link.changedOn) ?? []), link]);
  }
  const days = [...steps].sort(([first], [second]) => first.localeCompare(second));
  return direction === 'forward' ? days : days.reverse();
}

function trace(graph: RegionGraph, start: DatedCode, date: string, direction: Direction): readonly string[] {
  const between = direction === 'forward' ? { from: start.date, to: date } : { from: date, to: start.date };
  let codes = new Set([start.code]);
  for (const [, links] of listSteps(graph, between, direction)) {
    const next = [...codes].flatMap((code) => {
      const found = links.filter(({ fromCode, toCode }) => (direction === 'forward' ? fromCode : toCode) === code);
      if (found.length === 0) return [code];
      return found.map(({ fromCode, toCode }) => (direction === 'forward' ? toCode : fromCode));
    });
    codes = new Set(next);
  }
  return [...codes].sort();
}

/**
 * Follows an area on to a later day. An area that was divided has several successors: all of them are told.
 * @param graph codes and changes of one classification
 * @param start a code and a day on which it was valid
 * @param date the later day
 * @returns codes that have some of the area on that day, in order
 */
export function findSuccessors(graph: RegionGraph, start: DatedCode, date: string): readonly string[] {
  return trace(graph, start, date, 'forward');
}

/**
 * Follows an area back to an earlier day. An area that was put together has several predecessors: all of them are told.
 * @param graph codes and changes of one classification
 * @param start a code and a day on which it was valid
 * @param date the earlier day
 * @returns codes that had some of the area on that day, in order
 */
export function findPredecessors(graph: RegionGraph, start: DatedCode, date: string): readonly string[] {
  return trace(graph, start, date, 'backward');
}

/**
 * Finds every way from a code on a day to a code on a later day.
 * @param graph codes and changes of one classification
 * @param from the earlier code and day
 * @param to the later code and day
 * @returns ways, each a list of changes in order; a code that stayed as it was is one way without changes
 */
export function findPaths(graph: RegionGraph, from: DatedCode, to: DatedCode): readonly (readonly RegionLink[])[] {
  let paths: readonly { readonly code: string; readonly links: readonly RegionLink[] }[] = [
    { code: from.code, links: [] },
  ];
  for (const [, links] of listSteps(graph, { from: from.date, to: to.date }, 'forward')) {
    paths = paths.flatMap((path) => {
      const found = links.filter(({ fromCode }) => fromCode === path.code);
      if (found.length === 0) return [path];
      return found.map((link) => ({ code: link.toCode, links: [...path.links, link] }));
    });
  }
  return paths.filter(({ code }) => code === to.code).map(({ links }) => links);
}
