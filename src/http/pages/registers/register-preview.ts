import type { RegisterPreview } from '../../../usecases/administrator/read-register-import';
import { addDays } from '../../../domain/fieldwork/wave-state';
import type { RegionChange, RegionCode } from '../../../domain/fieldwork/region-codes';
import { formatCount, formatDate } from '../format-date';
import { formatOrgnr } from '../organisations/organisation-page';
import type { Words } from '../results/words';

/** Rows that would be added or changed, as sentences. */
interface PreviewList {
  readonly title: string;
  readonly rows: readonly string[];
  /** How many more there are than are shown; 0: all are. */
  readonly more: number;
}

export interface PreviewView {
  readonly title: string;
  readonly counts: readonly { readonly term: string; readonly value: string }[];
  readonly lists: readonly PreviewList[];
  readonly hasChanges: boolean;
  /** Says that the file is one page of several; null when it is whole. */
  readonly warning: string | null;
}

const mostRows = 60;

/**
 * Turns what an import would change into the words of its page.
 * @param preview what would be added and changed
 * @param words words of the reader's language
 */
export function createPreviewView(preview: RegisterPreview, words: Words): PreviewView {
  const { difference, counts, page } = preview;
  const part = difference.kind === 'regions' ? difference.classification : difference.kind;
  const shown = (['added', 'changed', 'unchanged', 'leftOut'] as const).filter(
    (name) => name !== 'leftOut' || counts.leftOut > 0,
  );
  return {
    title: words.t(`register.part.${part}`),
    counts: shown.map((name) => ({
      term: words.t(`register.count.${name}`),
      value: formatCount(words.language, counts[name]),
    })),
    lists: listRows(difference, words),
    hasChanges: counts.added + counts.changed > 0,
    warning: page === null ? null : words.t('register.preview.page', { number: page.number, of: page.of }),
  };
}

function listRows(difference: RegisterPreview['difference'], words: Words): readonly PreviewList[] {
  const lists: readonly (readonly [string, readonly string[]])[] = describeRows(difference, words);
  return lists
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => ({ title, rows: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows) }));
}

function describeRows(
  difference: RegisterPreview['difference'],
  words: Words,
): readonly (readonly [string, readonly string[]])[] {
  const { t } = words;
  const none = t('register.row.no_code');
  if (difference.kind === 'organisations') {
    const { added, changed } = difference.organisations;
    return [
      [
        t('register.list.added'),
        added.map(({ name, orgnr, regionCode }) =>
          t('register.row.organisation', { name, orgnr: formatOrgnr(orgnr), code: regionCode ?? none }),
        ),
      ],
      [
        t('register.list.changed'),
        changed.map(({ before, after }) =>
          t('register.row.organisation_changed', {
            name: after.name,
            before: before.regionCode ?? none,
            after: after.regionCode ?? none,
          }),
        ),
      ],
    ];
  }
  if (difference.kind === 'kostra_groups') {
    const { added, changed } = difference.facts;
    const group = ({ organisation, value }: (typeof added)[number]): string => `${organisation}: ${value}`;
    return [
      [t('register.list.added'), added.map(group)],
      [
        t('register.list.changed'),
        changed.map(({ before, after }) => `${after.organisation}: ${before.value} → ${after.value}`),
      ],
    ];
  }
  const { codes, changes } = difference;
  const code = (each: RegionCode): string => describeCode(each, words);
  const change = (each: RegionChange): string => describeChange(each, words);
  return [
    [t('register.list.codes_added'), codes.added.map(code)],
    [t('register.list.codes_changed'), codes.changed.map(({ before, after }) => `${code(before)} → ${code(after)}`)],
    [t('register.list.changes_added'), changes.added.map(change)],
    [t('register.list.changes_changed'), changes.changed.map(({ after }) => change(after))],
  ];
}

function describeCode({ code, name, validFrom, validTo }: RegionCode, words: Words): string {
  const first = formatDate(words.language, validFrom);
  if (validTo === null) return words.t('register.row.code_open', { code, name, first });
  return words.t('register.row.code', { code, name, first, last: formatDate(words.language, addDays(validTo, -1)) });
}

function describeChange(change: RegionChange, words: Words): string {
  const { changedOn, fromCode, fromName, toCode, toName, kind } = change;
  return words.t('register.row.change', {
    date: formatDate(words.language, changedOn),
    from: `${fromCode} ${fromName}`,
    to: `${toCode} ${toName}`,
    kind: words.t(`register.change.${kind}`),
  });
}
