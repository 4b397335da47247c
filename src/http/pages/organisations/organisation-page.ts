import type { OrganisationOverview } from '../../../usecases/administrator/read-organisation';
import type { RegionEvent } from '../../../domain/fieldwork/region-history';
import { addDays } from '../../../domain/fieldwork/wave-state';
import { formatCount, formatDate, joinNames } from '../format-date';
import type { Words } from '../results/words';

interface CodeRow {
  readonly code: string;
  readonly name: string;
  readonly period: string;
}

export interface OrganisationView {
  readonly title: string;
  readonly kind: string;
  readonly kindCode: OrganisationOverview['organisation']['kind'];
  readonly orgnr: string;
  readonly facts: readonly { readonly term: string; readonly value: string; readonly source: string }[];
  /** Today's number, or the one that it is known by, when nothing is known about the time before and after. */
  readonly code: string | null;
  readonly codes: readonly CodeRow[];
  readonly events: readonly { readonly date: string; readonly text: string }[];
  readonly networks: OrganisationOverview['networks'];
  readonly waves: readonly { readonly href: string; readonly period: string; readonly about: string }[];
}

const mostEvents = 8;

/**
 * Writes an organisation number as it is read aloud.
 * @param orgnr nine digits
 * @returns such as "920 125 298", with spaces that do not break
 */
export function formatOrgnr(orgnr: string): string {
  return orgnr.replace(/^(\d{3})(\d{3})(\d{3})$/, '$1\u00a0$2\u00a0$3');
}

/**
 * Turns what is known about an organisation into the words of its page.
 * @param overview the organisation with facts, codes, networks and waves
 * @param words words of the reader's language
 */
export function createOrganisationView(overview: OrganisationOverview, words: Words): OrganisationView {
  const { organisation, facts, codes, events, networks, waves } = overview;
  return {
    title: organisation.name,
    kind: words.t(`organisation.kind.${organisation.kind}`),
    kindCode: organisation.kind,
    orgnr: formatOrgnr(organisation.orgnr),
    facts: facts.map(({ kind, year, value, source }) => ({
      term: words.t(`organisation.fact.${kind}`, { year: String(year) }),
      value: kind === 'population' ? formatCount(words.language, Number(value)) : value,
      source,
    })),
    code: codes.length === 0 ? organisation.regionCode : null,
    codes: codes.map(({ code, name, validFrom, validTo, isStartKnown }) => ({
      code,
      name,
      period: describePeriod({ from: isStartKnown ? validFrom : null, to: validTo }, words),
    })),
    events: events
      .slice(0, mostEvents)
      .map((event) => ({ date: formatDate(words.language, event.date), text: describeEvent(event, words) })),
    networks,
    waves: waves.map(({ key, period, state, network }) => ({
      href: `/runder/${encodeURIComponent(key)}`,
      period: period.replace('-', '–'),
      about: `${network}, ${words.t(`wave.state.${state}`).toLowerCase()}`,
    })),
  };
}

function describePeriod(
  { from, to }: { readonly from: string | null; readonly to: string | null },
  words: Words,
): string {
  const day = (date: string): string => formatDate(words.language, date);
  const last = to === null ? null : day(addDays(to, -1));
  if (from === null)
    return last === null ? words.t('organisation.period.always') : words.t('organisation.period.until', { last });
  if (last === null) return words.t('organisation.period.since', { first: day(from) });
  return words.t('organisation.period.between', { first: day(from), last });
}

/** Tells in words what happened to areas on one day. */
function describeEvent({ from, to }: RegionEvent, words: Words): string {
  const names = (codes: RegionEvent['from']): string =>
    joinNames(
      words.language,
      codes.map(({ code, name }) => `${name} (${code})`),
    );
  const values = { from: names(from), to: names(to) };
  if (from.length > 1 && to.length > 1) return words.t('organisation.event.rearranged', values);
  if (from.length > 1) return words.t('organisation.event.merged', values);
  if (to.length > 1) return words.t('organisation.event.divided', values);
  const [before, after] = [from[0], to[0]];
  const isRename = before?.code === after?.code;
  return words.t(isRename ? 'organisation.event.renamed' : 'organisation.event.renumbered', values);
}
