import { findCodeAt, listLinks, type RegionGraph, type RegionLink } from './region-codes';
import { listSteps, type DatedCode, type Direction, type RegionStep } from './trace-regions';

export interface NamedCode {
  readonly code: string;
  readonly name: string;
}

/** A code that an organisation has or had, as long as nothing but code or name changed. */
export interface OwnCode extends NamedCode {
  readonly validFrom: string;
  /** First day on which it is no longer valid; null: still valid. */
  readonly validTo: string | null;
}

/** One day on which an area changed code, name or extent, with everybody it happened to. */
export interface RegionEvent {
  readonly date: string;
  readonly from: readonly NamedCode[];
  readonly to: readonly NamedCode[];
}

/**
 * Tells what happened to the area of a code before and after a day, one event for each day of change. An event names
 * everybody who took part: all who were joined, and all among whom an area was divided.
 * @param graph codes and changes of one classification
 * @param anchor a code and a day on which it was valid
 * @returns events, newest first; beyond a merger or a division the areas that came before or after are followed too
 */
export function listEvents(graph: RegionGraph, anchor: DatedCode): readonly RegionEvent[] {
  const beginning = '0000-01-01';
  const end = '9999-12-31';
  const later = listSteps(graph, { from: anchor.date, to: end }, 'forward');
  const earlier = listSteps(graph, { from: beginning, to: anchor.date }, 'backward');
  return [
    ...collectEvents(later, anchor.code, 'forward').reverse(),
    ...collectEvents(earlier, anchor.code, 'backward'),
  ];
}

function collectEvents(steps: readonly RegionStep[], start: string, direction: Direction): RegionEvent[] {
  let codes = new Set([start]);
  return steps.flatMap(([date, links]) => {
    const near = (link: RegionLink): string => (direction === 'forward' ? link.fromCode : link.toCode);
    const far = (link: RegionLink): string => (direction === 'forward' ? link.toCode : link.fromCode);
    const own = links.filter((link) => codes.has(near(link)));
    if (own.length === 0) return [];
    const stays = [...codes].filter((code) => own.every((link) => near(link) !== code));
    codes = new Set([...stays, ...own.map(far)]);
    const reached = new Set(own.map(far));
    const others = links.filter((link) => !own.includes(link) && reached.has(far(link)));
    return joinLinks([...own, ...others]).map((joined) => ({
      date,
      from: listNamed(joined.map(({ fromCode, fromName }) => ({ code: fromCode, name: fromName }))),
      to: listNamed(joined.map(({ toCode, toName }) => ({ code: toCode, name: toName }))),
    }));
  });
}

/** Lines of one day that have a code in common belong to one event. */
function joinLinks(links: readonly RegionLink[]): readonly (readonly RegionLink[])[] {
  return links.reduce<readonly (readonly RegionLink[])[]>((groups, link) => {
    const touches = (group: readonly RegionLink[]): boolean =>
      group.some(({ fromCode, toCode }) => fromCode === link.fromCode || toCode === link.toCode);
    return [...groups.filter((group) => !touches(group)), [...groups.filter(touches).flat(), link]];
  }, []);
}

function listNamed(all: readonly NamedCode[]): readonly NamedCode[] {
  const byCode = new Map(all.map((each) => [each.code, each]));
  return [...byCode.values()].sort((first, second) => first.code.localeCompare(second.code));
}

/**
 * Lists the codes that one and the same area has had: changes of code or name only, never across a merger or a division,
 * because the area before and after those is another one.
 * @param graph codes and changes of one classification
 * @param anchor a code and a day on which it was valid
 * @returns codes with their periods, newest first; empty when the code is not known on that day
 */
export function listOwnCodes(graph: RegionGraph, anchor: DatedCode): readonly OwnCode[] {
  const start = findCodeAt(graph.codes, anchor);
  if (start === null) return [];
  const links = listLinks(graph);
  return [
    ...listNeighbours(graph, links, { start, direction: 'forward' }).reverse(),
    start,
    ...listNeighbours(graph, links, { start, direction: 'backward' }),
  ];
}

function listNeighbours(
  { codes }: RegionGraph,
  links: readonly RegionLink[],
  { start, direction }: { readonly start: OwnCode; readonly direction: Direction },
): OwnCode[] {
  const isForward = direction === 'forward';
  const found: OwnCode[] = [];
  let next: OwnCode | undefined = start;
  while (next !== undefined) {
    const here: OwnCode = next;
    const day = isForward ? here.validTo : here.validFrom;
    const today = links.filter(({ changedOn }) => changedOn === day);
    const link = today.find(({ fromCode, toCode }) => (isForward ? fromCode : toCode) === here.code);
    if (link !== undefined && !isAlone(link, today)) return found;
    const code = (isForward ? link?.toCode : link?.fromCode) ?? here.code;
    next = codes.find((each) => each.code === code && (isForward ? each.validFrom : each.validTo) === day);
    if (next !== undefined) found.push(next);
  }
  return found;
}

/** A change that joins and divides nothing. */
function isAlone(link: RegionLink, today: readonly RegionLink[]): boolean {
  return today.every((other) => other === link || (other.fromCode !== link.fromCode && other.toCode !== link.toCode));
}
