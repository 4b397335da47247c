import { parseBaselineKey, parseWaveKey } from '../../../domain/benchmark/comparators';
import type {
  ChosenComparator,
  ComparisonRow,
  NamedOrganisation,
  NamedPeerGroup,
} from '../../../domain/benchmark/comparison-view';
import type { BaselineFigure } from '../../../domain/benchmark/pick-baseline-figures';
import { isSuppressed } from '../../../domain/disclosure/publishable';
import { suppressedSign } from '../../../formats/figures-table';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { countPeers, describeOrigin, nameOthers } from '../../../usecases/peer-words';
import { formatCount, joinNames } from '../format-date';
import type { FigureCell } from './figure-cells';
import { isNorwegian, type Words } from './words';

type NamedPage = Pick<ComparisonPage, 'comparator' | 'earlierWaves'>;

/** Values of the parameter "mot" in addresses; another organisation and a peer group have their keys after a prefix. */
const slugs = {
  rest: 'resten',
  network: 'nettverket',
  organisations: 'snitt',
  wave: 'forrige',
  baseline: 'publisert',
} as const;
const organisationPrefix = 'medlem-';
const peersPrefix = 'gruppe-';

/**
 * @param comparator what is compared with
 * @returns its value in addresses, such as "snitt" or "medlem-lier"
 */
export function writeComparator(comparator: ChosenComparator): string {
  if (comparator.kind === 'organisation') return `${organisationPrefix}${comparator.organisation.key}`;
  return comparator.kind === 'peers' ? `${peersPrefix}${comparator.peers.code}` : slugs[comparator.kind];
}

/**
 * @param text value from an address; empty or left out: the rest of the network
 * @returns what somebody wants to compare with, or null when the text says nothing
 */
export function readComparator(
  text: string | undefined,
): { readonly kind: ChosenComparator['kind']; readonly organisationKey?: string; readonly peers?: string } | null {
  if (text === undefined || text === '') return { kind: 'rest' };
  if (text.startsWith(organisationPrefix)) {
    return { kind: 'organisation', organisationKey: text.slice(organisationPrefix.length) };
  }
  if (text.startsWith(peersPrefix)) return { kind: 'peers', peers: text.slice(peersPrefix.length) };
  switch (text) {
    case slugs.rest:
      return { kind: 'rest' };
    case slugs.network:
      return { kind: 'network' };
    case slugs.organisations:
      return { kind: 'organisations' };
    case slugs.wave:
      return { kind: 'wave' };
    case slugs.baseline:
      return { kind: 'baseline' };
    default:
      return null;
  }
}

/** Periods of the earlier waves that figures are compared with, such as "2022–2023". */
function listPeriods({ earlierWaves }: NamedPage, words: Words): string {
  return joinNames(
    words.language,
    earlierWaves.map(({ period }) => period.replace('-', '–')),
  );
}

/**
 * Names a comparator as a heading of a column does.
 * @param page what is compared with, and earlier waves
 * @param words words of the reader's language
 */
export function nameComparator(page: NamedPage, words: Words): string {
  const { comparator } = page;
  if (comparator.kind === 'organisation') return comparator.organisation.name;
  if (comparator.kind === 'peers') return nameOthers(words.language, comparator.peers);
  const period = listPeriods(page, words);
  if (comparator.kind === 'wave' && period !== '') return words.t('comparator.name.wave_of', { period });
  return comparator.kind === 'rest' ? words.t('results.table.rest') : words.t(`comparator.name.${comparator.kind}`);
}

/**
 * Names a comparator within a sentence.
 * @param page what is compared with, and earlier waves
 * @param words words of the reader's language
 */
export function nameWithin(page: NamedPage, words: Words): string {
  const { comparator } = page;
  switch (comparator.kind) {
    case 'organisation':
      return comparator.organisation.name;
    case 'peers': {
      const name = nameOthers(words.language, comparator.peers);
      return name.charAt(0).toLowerCase() + name.slice(1);
    }
    case 'rest':
      return words.t('comparator.within.rest');
    case 'wave':
      return listPeriods(page, words) || words.t('comparator.within.wave');
    default:
      return words.t(`comparator.within.${comparator.kind}`);
  }
}

/**
 * Explains what is compared with, and how.
 * @param page the comparison
 * @param words words of the reader's language
 */
export function explainComparator(page: ComparisonPage, words: Words): string {
  const { comparator, organisation } = page;
  switch (comparator.kind) {
    case 'organisation':
      return words.t('comparator.about.organisation', { other: comparator.organisation.name });
    case 'peers':
      return explainPeers(comparator.peers, organisation, words);
    case 'wave': {
      const period = listPeriods(page, words);
      return period === '' ? words.t('comparator.about.no_wave') : words.t('comparator.about.wave', { period });
    }
    case 'rest':
      return '';
    default:
      return words.t(`comparator.about.${comparator.kind}`, { organisation: organisation.name });
  }
}

/** Who the others in a peer group are, and how it was chosen. */
function explainPeers(group: NamedPeerGroup, own: NamedOrganisation, words: Words): string {
  const others = group.members.filter(({ key }) => key !== own.key).map(({ name }) => name);
  return words.t('comparator.about.peers', {
    count: countPeers(words.language, group, others.length),
    members: joinNames(words.language, others),
    origin: describeOrigin(words.language, group),
    organisation: own.name,
  });
}

/** The published figure behind a row, with its population and period. */
function findPublished(row: ComparisonRow): { readonly figure: BaselineFigure; readonly isNorwegian: boolean } | null {
  const key = row.beside.comparator === null ? null : parseBaselineKey(row.beside.comparator);
  const found = row.baselines.find(
    ({ baseline, figure }) => key !== null && baseline === key.baseline && figure?.round === key.round,
  );
  if (found === undefined || found.figure === null) return null;
  return { figure: found.figure, isNorwegian: isNorwegian(found) };
}

/**
 * Says which wave or published figure a row is compared with, where that is not the same in all of them.
 * @param row a row of the comparison
 * @param page its page
 * @param words words of the reader's language
 * @returns such as "2022–2023", or "Hele offentlig sektor i Danmark, 2021–2023"; null where the heading says it
 */
function describeSource(row: ComparisonRow, page: NamedPage, words: Words): string | null {
  const { comparator } = row.beside;
  if (comparator === null) return null;
  const wave = page.earlierWaves.find(({ key }) => key === parseWaveKey(comparator));
  if (wave !== undefined && page.earlierWaves.length > 1) return wave.period.replace('-', '–');
  const published = findPublished(row);
  if (published === null) return null;
  const { population, period } = published.figure;
  return `${words.t(`figures.population.${population}`)}, ${period.replace('-', '–')}`;
}

/**
 * Period that a row's comparator is about, for files.
 * @param row a row of the comparison
 * @param page its page
 * @returns such as "2022-2023"; that of the wave itself unless an earlier wave or others are compared with
 */
export function findPeriod(row: ComparisonRow, page: NamedPage & Pick<ComparisonPage, 'wave'>): string {
  const { comparator } = row.beside;
  const wave = comparator === null ? null : parseWaveKey(comparator);
  if (wave !== null) return page.earlierWaves.find(({ key }) => key === wave)?.period ?? '';
  if (page.comparator.kind === 'baseline') return findPublished(row)?.figure.period ?? '';
  return page.comparator.kind === 'wave' ? '' : page.wave.period;
}

/**
 * @param row a row of the comparison
 * @param page its page
 * @param words words of the reader's language
 * @returns the comparator's share
 */
export function createComparatorCell(row: ComparisonRow, page: NamedPage, words: Words): FigureCell {
  const { absence, printed } = row.beside;
  if (absence !== null) {
    const text = words.t(absence === 'break' ? 'comparator.break' : `comparator.none.${noneOf(page)}`);
    return { isHidden: false, text, interval: null, caution: null };
  }
  if (isSuppressed(printed)) return { isHidden: true, text: suppressedSign, interval: null, caution: null };
  const { percent, lowPercent, highPercent, isCoarse } = printed.value;
  return {
    isHidden: false,
    text: words.t(isCoarse ? 'results.about_percent' : 'results.percent', { value: percent }),
    interval: words.t('results.interval', { low: lowPercent, high: highPercent }),
    caution: describeSource(row, page, words),
  };
}

function noneOf({ comparator: { kind } }: NamedPage): 'wave' | 'baseline' | 'peers' {
  return kind === 'baseline' || kind === 'peers' ? kind : 'wave';
}

/**
 * @param row a row of the comparison
 * @param page its page
 * @param words words of the reader's language
 * @returns number of answers behind the comparator, or of organisations; empty where there is nothing
 */
export function createComparatorCount(row: ComparisonRow, page: NamedPage, words: Words): string {
  const { absence, printed } = row.beside;
  if (absence !== null) return '';
  const { kind } = page.comparator;
  const tell = (count: string): string =>
    kind === 'rest'
      ? words.t('results.table.n_rest', { count })
      : words.t(`comparator.count.${kind}`, { name: nameComparator(page, words), count });
  if (isSuppressed(printed)) return tell(suppressedSign);
  const { n, organisations } = printed.value;
  if (n !== null) return tell(formatCount(words.language, n));
  return words.t('comparator.organisations', { count: organisations ?? 0 });
}
