import { sectors, sizes } from '../../../domain/fieldwork/types';
import type { FrameFilter, FrameOverview } from '../../../usecases/coordinator/read-frame';
import { formatCount } from '../format-date';
import { nameCategory, type Words } from '../results/words';
import { listChoices, nameCode, nameSize, type Choice } from './frame-words';

type ListedUnit = FrameOverview['units'][number];

const personsShown = 3;

export interface PersonView {
  readonly name: string;
  readonly email: string | null;
  /** What is to be known about the invitation besides. */
  readonly remarks: readonly string[];
}

interface UnitView {
  readonly href: string;
  readonly name: string;
  /** Key, when it is not the name. */
  readonly key: string | null;
  readonly organisation: string;
  readonly place: string;
  readonly size: string;
  readonly isInvited: boolean;
  readonly persons: readonly PersonView[];
  readonly more: string | null;
}

interface CountView {
  readonly name: string;
  readonly units: string;
  readonly invited: string;
  readonly withoutAddress: string;
}

export interface FrameView {
  readonly path: string;
  readonly lead: string;
  readonly isDraft: boolean;
  readonly isEmpty: boolean;
  readonly canSample: boolean;
  readonly sample: string | null;
  readonly isSampleOutdated: boolean;
  readonly countHeading: string;
  readonly counts: readonly CountView[];
  readonly total: CountView | null;
  readonly sizes: readonly string[];
  readonly cells: readonly { readonly sector: string; readonly counts: readonly string[] }[];
  readonly filter: {
    readonly text: string;
    readonly organisation: string;
    readonly sector: string;
    readonly size: string;
    readonly invited: string;
    readonly isSet: boolean;
    readonly organisations: readonly Choice[];
    readonly sectors: readonly Choice[];
    readonly sizes: readonly Choice[];
  };
  readonly found: string;
  readonly hasOrganisations: boolean;
  readonly units: readonly UnitView[];
  readonly page: string;
  readonly earlier: string | null;
  readonly later: string | null;
}

/**
 * Turns a frame into the words of its page.
 * @param overview counts and a page of units
 * @param filter what is looked for
 * @param words words of the reader's language
 */
export function createFrameView(overview: FrameOverview, filter: FrameFilter, words: Words): FrameView {
  const { wave, population, organisations, isWhole, cells, sample, page, pages } = overview;
  const path = `/runder/${encodeURIComponent(wave.key)}/ramme`;
  const isEmpty = cells.length === 0;
  return {
    path,
    lead: words.t(`frame.lead.${population}`),
    isDraft: wave.state === 'draft',
    isEmpty,
    canSample: isWhole && !isEmpty && wave.state === 'draft',
    sample: sample === null ? null : words.t('frame.sample_drawn', { seed: sample.seed }),
    isSampleOutdated: sample !== null && !sample.isCurrent && wave.state === 'draft',
    countHeading: words.t(population === 'managers' ? 'frame.units' : 'frame.people'),
    counts: organisations.map(({ key, name }) =>
      createCount(
        name,
        cells.filter(({ organisation }) => organisation === key),
        words,
      ),
    ),
    total: organisations.length > 1 ? createCount(words.t('frame.total'), cells, words) : null,
    sizes: sizes.map((size) => nameSize(words, size)),
    cells: createCells(overview, filter, words),
    filter: createFilter(overview, filter, words),
    found: words.t('frame.search.found', { count: overview.found }),
    hasOrganisations: organisations.length > 1,
    units: overview.units.map((unit) => createUnit(unit, overview, { path, words })),
    page: words.t('frame.page', { page, pages }),
    earlier: page > 1 ? linkToPage(path, filter, page - 1) : null,
    later: page < pages ? linkToPage(path, filter, page + 1) : null,
  };
}

function sum(cells: FrameOverview['cells'], read: (cell: FrameOverview['cells'][number]) => number): number {
  return cells.reduce((total, cell) => total + read(cell), 0);
}

function createCount(name: string, cells: FrameOverview['cells'], words: Words): CountView {
  const write = (count: number): string => formatCount(words.language, count);
  return {
    name,
    units: write(sum(cells, ({ frameCount }) => frameCount)),
    invited: write(sum(cells, ({ invitedCount }) => invitedCount)),
    withoutAddress: write(sum(cells, ({ withoutAddress }) => withoutAddress)),
  };
}

/** Counts of the organisation that is looked for, or of all. */
function createCells({ cells }: FrameOverview, { organisation }: FrameFilter, words: Words): FrameView['cells'] {
  const shown = cells.filter((cell) => organisation === null || cell.organisation === organisation);
  return sectors
    .filter((sector) => shown.some((cell) => cell.sector === sector))
    .map((sector) => ({
      sector: nameCategory(words, 'sector', sector),
      counts: sizes.map((size) => {
        const own = shown.filter((cell) => cell.sector === sector && cell.size === size);
        const all = sum(own, ({ frameCount }) => frameCount);
        const invited = sum(own, ({ invitedCount }) => invitedCount);
        return all === 0 ? '–' : words.t('frame.counts.of', { invited, all });
      }),
    }));
}

function createFilter({ organisations }: FrameOverview, filter: FrameFilter, words: Words): FrameView['filter'] {
  const any = { value: '', label: words.t('frame.search.any') };
  const { text, organisation, sector, size, isInvited } = filter;
  return {
    text,
    organisation: organisation ?? '',
    sector: sector ?? '',
    size: size ?? '',
    invited: isInvited === null ? '' : isInvited ? '1' : '0',
    isSet: text !== '' || organisation !== null || sector !== null || size !== null || isInvited !== null,
    organisations: [any, ...organisations.map(({ key, name }) => ({ value: key, label: name }))],
    sectors: [any, ...listChoices(words, 'sector')],
    sizes: [any, ...listChoices(words, 'size')],
  };
}

function createUnit(
  unit: ListedUnit,
  { repeatedAddresses }: FrameOverview,
  { path, words }: { readonly path: string; readonly words: Words },
): UnitView {
  const { persons, employeeCount } = unit;
  const listed = unit.isInvited ? persons.slice(0, personsShown) : [];
  const more = persons.length - listed.length;
  const counts = { listed: persons.length, employees: employeeCount ?? persons.length };
  return {
    href: `${path}/arbeidsplass/${unit.id}`,
    name: unit.name ?? unit.unit,
    key: unit.name === null ? null : unit.unit,
    organisation: unit.organisationName,
    place: `${nameCode(words, 'type', unit.type)}, ${nameCategory(words, 'sector', unit.sector).toLowerCase()}`,
    size: nameSize(words, unit.size),
    isInvited: unit.isInvited,
    persons: listed.map((person) => createPerson(person, repeatedAddresses, words)),
    more:
      employeeCount !== null
        ? words.t('frame.persons_of', counts)
        : unit.isInvited && more > 0
          ? words.t('frame.persons_more', { count: more })
          : null,
  };
}

/**
 * Describes somebody who is invited.
 * @param person the person
 * @param repeatedAddresses addresses in small letters that stand several times
 * @param words words of the reader's language
 */
export function createPerson(
  person: ListedUnit['persons'][number],
  repeatedAddresses: ReadonlySet<string>,
  words: Words,
): PersonView {
  const { name, email, language, isIneligible } = person;
  return {
    name: name ?? words.t('frame.no_name'),
    email,
    remarks: [
      ...(email === null ? [words.t('frame.no_email')] : []),
      ...(language === 'nb' ? [] : [words.t(`frame.language.${language}`)]),
      ...(email !== null && repeatedAddresses.has(email.toLowerCase()) ? [words.t('frame.repeated')] : []),
      ...(isIneligible ? [words.t('frame.ineligible')] : []),
    ],
  };
}

function linkToPage(path: string, filter: FrameFilter, page: number): string {
  const { text, organisation, sector, size, isInvited } = filter;
  const invited = isInvited === null ? null : isInvited ? '1' : '0';
  const pairs = { sok: text, organisasjon: organisation, sektor: sector, storrelse: size, invitert: invited };
  const query = new URLSearchParams({ side: String(page) });
  for (const [name, value] of Object.entries(pairs)) if (value !== null && value !== '') query.set(name, value);
  return `${path}?${query.toString()}`;
}
