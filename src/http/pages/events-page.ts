import { keyOfAction } from '../../domain/audit-actions';
import type { EventPage } from '../../usecases/administrator/read-events';
import { writeCsv } from '../../formats/write-csv';
import { isTextKey } from '../../texts/translate';
import { readFields } from '../form-fields';
import { formatCount, formatDate, formatMoment } from './format-date';
import type { Words } from './results/words';

type Event = EventPage['events'][number];

/** Filter and page of the list of events, as they stand in the address. */
export interface EventQuery {
  readonly filter: {
    readonly network: string | null;
    readonly action: string | null;
    readonly from: string | null;
    readonly until: string | null;
  };
  readonly page: number;
}

const mostPages = 100_000;

function readDay(day: string): string | null {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`).getTime() : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}

/**
 * Reads filter and page from an address; what makes no sense is left out.
 * @param query parameters of the address
 */
export function readEventQuery(query: Readonly<Record<string, unknown>>): EventQuery {
  const { text } = readFields(query);
  const page = Number(text('side') || '1');
  return {
    filter: {
      network: text('nettverk') || null,
      action: text('handling') || null,
      from: readDay(text('fra')),
      until: readDay(text('til')),
    },
    page: Number.isInteger(page) && page >= 1 && page <= mostPages ? page : 1,
  };
}

/** What `views/administration/events` shows. */
export interface EventsView {
  readonly events: readonly {
    readonly when: string;
    readonly who: string;
    readonly what: string;
    /** Empty: nothing more is to be said. */
    readonly subject: string;
    readonly details: readonly string[];
  }[];
  readonly filter: EventQuery['filter'];
  readonly networkOptions: readonly { readonly value: string; readonly label: string }[];
  readonly actionOptions: readonly { readonly value: string; readonly label: string }[];
  readonly file: string;
  readonly newer: string | null;
  readonly older: string | null;
}

const path = '/administrasjon/hendelser';

function link(address: string, { filter }: Pick<EventQuery, 'filter'>, page: number): string {
  const entries = [
    ['nettverk', filter.network],
    ['handling', filter.action],
    ['fra', filter.from],
    ['til', filter.until],
    ['side', page > 1 ? String(page) : null],
  ] as const;
  const given = entries.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given).toString()}`;
}

/** Actions have names of their own; one that the texts do not know is shown as it is. */
function nameAction({ t }: Words, action: string): string {
  const key = `event.${keyOfAction(action)}`;
  return isTextKey(key) ? t(key) : action;
}

/** Roles and days have words of their own; the rest is shown as it was kept. */
function describeDetails({ detail }: Event, { language, t }: Words): readonly string[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (value === null || value === '') return [];
    const role = `people.role.${typeof value === 'string' ? value : ''}`;
    if (name === 'role' && isTextKey(role)) return [t(role)];
    if (name === 'endsOn' && typeof value === 'string')
      return [t('people.until', { date: formatDate(language, value) })];
    const label = `event.detail.${name}`;
    return [`${isTextKey(label) ? t(label) : name}: ${writeDetail(value, { language, t })}`];
  });
}

function writeDetail(value: unknown, { language, t }: Pick<Words, 'language' | 't'>): string {
  if (typeof value === 'boolean') return t(value ? 'event.value.yes' : 'event.value.no');
  if (typeof value === 'number') return formatCount(language, value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(language, value);
  const key = `event.value.${value}`;
  return isTextKey(key) ? t(key) : value;
}

/** What it was done to, unless that is who did it or the network beside it. */
function describeSubject({ actor, subject, subjectName, networkKey, networkName }: Event): string {
  const name = actor?.id === subject || networkKey === subject ? null : (subjectName ?? subject);
  return [name, networkName].filter((part) => part !== null).join(' · ');
}

/**
 * Puts a page of events into words.
 * @param found what was read
 * @param query filter and page
 * @param words wording of the reader's language
 */
export function createEventsView(found: EventPage, query: EventQuery, words: Words): EventsView {
  const { page } = query;
  return {
    events: found.events.map((event) => ({
      when: formatMoment(words.language, event.occurredAt),
      who: event.actor === null ? words.t('events.installation') : event.actor.name || words.t('events.forgotten'),
      what: nameAction(words, event.action),
      subject: describeSubject(event),
      details: describeDetails(event, words),
    })),
    filter: query.filter,
    networkOptions: [
      { value: '', label: words.t('events.all') },
      ...found.networks.map(({ key, name }) => ({ value: key, label: name })),
    ],
    actionOptions: [
      { value: '', label: words.t('events.all') },
      ...found.actions.map((action) => ({ value: action, label: nameAction(words, action) })),
    ],
    file: link(`${path}.csv`, query, 1),
    newer: page > 1 ? link(path, query, page - 1) : null,
    older: found.hasMore ? link(path, query, page + 1) : null,
  };
}

/**
 * Writes events as CSV, in the words of the program.
 * @param events the events
 * @returns the file's text
 */
export function writeEventsFile(events: readonly Event[]): string {
  return writeCsv(
    [
      { name: 'occurred_at', cell: ({ occurredAt }) => occurredAt.toISOString() },
      { name: 'actor_id', cell: ({ actor }) => actor?.id ?? null },
      { name: 'actor', cell: ({ actor }) => actor?.name ?? null },
      { name: 'network', cell: ({ networkKey }) => networkKey },
      { name: 'action', cell: ({ action }) => action },
      { name: 'subject', cell: ({ subject }) => subject },
      { name: 'subject_name', cell: ({ subjectName }) => subjectName },
      { name: 'detail', cell: ({ detail }) => JSON.stringify(detail) },
    ],
    events,
  );
}
