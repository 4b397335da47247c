import type { ChangedEntry } from '../../../domain/fieldwork/compare-frames';
import type { FrameEntry } from '../../../domain/fieldwork/frame-entry';
import { isTextKey } from '../../../texts/translate';
import type { FramePreview } from '../../../usecases/coordinator/preview-frame-import';
import { formatCount, joinNames } from '../format-date';
import { nameCategory, type Words } from '../results/words';
import { listChoices, nameCode, nameSize, type Choice } from './frame-words';

type Fault = FramePreview['faults'][number];

const faultsShown = 100;
const unitsShown = 20;

export interface FaultView {
  readonly row: number;
  readonly column: string;
  /** The cell as it stands in the file. */
  readonly found: string;
  readonly text: string;
}

interface FaultGroup {
  readonly title: string;
  readonly count: number;
  readonly faults: readonly FaultView[];
}

interface WordView {
  readonly label: string;
  readonly column: string;
  readonly word: string;
  readonly value: string;
  readonly choices: readonly Choice[];
}

interface ListView {
  readonly names: readonly string[];
  /** How many are not named; null: none. */
  readonly more: string | null;
}

export interface PreviewView {
  readonly path: string;
  readonly framePath: string;
  readonly fileName: string;
  readonly summary: string;
  readonly faultyRows: number;
  readonly groups: readonly FaultGroup[];
  /** That not all faults are shown; null: they are. */
  readonly faultsShown: string | null;
  readonly words: readonly WordView[];
  readonly counts: readonly { readonly name: string; readonly count: string }[];
  readonly scope: string | null;
  readonly changed: readonly { readonly name: string; readonly changes: readonly string[] }[];
  readonly changedMore: string | null;
  readonly added: ListView;
  readonly removed: ListView;
  readonly contacts: string | null;
  readonly hasSample: boolean;
  readonly fingerprint: string;
  readonly leaveOut: string | null;
  readonly canConfirm: boolean;
}

/**
 * Turns what a file would do into the words of its page.
 * @param preview faults and differences
 * @param importId id of the import
 * @param words words of the reader's language
 */
export function createPreviewView(preview: FramePreview, importId: string, words: Words): PreviewView {
  const { wave, rows, faultyRows, difference, members, organisations } = preview;
  const { added, changed, removed, unchanged } = difference;
  const framePath = `/runder/${encodeURIComponent(wave.key)}/ramme`;
  const write = (count: number): string => formatCount(words.language, count);
  const names = organisations.map((key) => members.find((member) => member.key === key)?.name ?? key);
  return {
    path: `${framePath}/import/${importId}`,
    framePath,
    fileName: preview.fileName,
    summary:
      faultyRows === 0
        ? words.t('frame.preview.clean', { rows })
        : words.t('frame.preview.faulty', { faulty: faultyRows, sound: write(rows - faultyRows) }),
    faultyRows,
    groups: groupFaults(preview.faults, words),
    faultsShown:
      preview.faults.length > faultsShown
        ? words.t('frame.preview.faults_shown', { shown: faultsShown, count: preview.faults.length })
        : null,
    words: preview.unknownWords.map(({ column, word, count, code }) => ({
      label: words.t('frame.preview.word', { column: words.t(`frame.column.${column}`), word, count }),
      column,
      word,
      value: code ?? '',
      choices: listChoices(words, column),
    })),
    counts: [
      { name: words.t('frame.preview.added'), count: write(added.length) },
      { name: words.t('frame.preview.changed'), count: write(changed.length) },
      { name: words.t('frame.preview.removed'), count: write(removed.length) },
      { name: words.t('frame.preview.unchanged'), count: write(unchanged.length) },
      { name: words.t('frame.preview.left_out'), count: write(faultyRows) },
    ],
    scope:
      names.length > 0 && names.length < members.length
        ? words.t('frame.preview.scope', { names: joinNames(words.language, names) })
        : null,
    changed: changed.slice(0, unitsShown).map((entry) => describeChange(entry, words)),
    changedMore:
      changed.length > unitsShown ? words.t('frame.preview.more', { count: changed.length - unitsShown }) : null,
    added: listEntries(added, words),
    removed: listEntries(removed, words),
    contacts:
      preview.contactsLeftOut > 0 ? words.t('frame.preview.contacts', { count: preview.contactsLeftOut }) : null,
    hasSample: preview.hasSample,
    fingerprint: preview.fingerprint,
    leaveOut: faultyRows === 0 ? null : words.t('frame.preview.leave_out', { count: faultyRows }),
    canConfirm: added.length + changed.length + unchanged.length > 0,
  };
}

/**
 * Says what is wrong in a cell.
 * @param fault the fault
 * @param words words of the reader's language
 */
export function describeFault({ line, column, code, found, values }: Fault, words: Words): FaultView {
  const key = `frame.fault.${code}`;
  if (!isTextKey(key)) throw new RangeError(`there is no text ${key}`);
  const all = { found, line: 0, listed: 0, minimum: 0, maximum: 0, ...values };
  return { row: line, column: words.t(`frame.column.${column}`), found, text: words.t(key, all) };
}

/** The first faults, by column and kind: one cause is often behind a whole group. */
function groupFaults(faults: readonly Fault[], words: Words): readonly FaultGroup[] {
  const groups = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = `${fault.column} ${fault.code}`;
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  let left = faultsShown;
  return [...groups.values()]
    .sort((first, second) => second.length - first.length)
    .map((group) => {
      const shown = group.slice(0, Math.max(0, left));
      left -= shown.length;
      const [first] = group;
      return {
        title: first === undefined ? '' : nameKind(first, words),
        count: group.length,
        faults: shown.map((fault) => describeFault(fault, words)),
      };
    });
}

function nameKind({ column, code }: Fault, words: Words): string {
  return words.t('frame.preview.fault_group', {
    column: words.t(`frame.column.${column}`),
    kind: words.t(`frame.fault_kind.${code}`),
  });
}

function nameEntry({ name, unit }: FrameEntry): string {
  return name === null ? unit : `${name} (${unit})`;
}

function listEntries(entries: readonly FrameEntry[], words: Words): ListView {
  const more = entries.length - unitsShown;
  return {
    names: entries.slice(0, unitsShown).map(nameEntry),
    more: more > 0 ? words.t('frame.preview.more', { count: more }) : null,
  };
}

function describeChange({ before, after, fields }: ChangedEntry, words: Words) {
  return {
    name: nameEntry(after),
    changes: fields.map((field) =>
      words.t('frame.preview.from_to', {
        field: words.t(`frame.field.${field}`),
        before: writeFact(before, field, words),
        after: writeFact(after, field, words),
      }),
    ),
  };
}

function writeFact(entry: FrameEntry, field: ChangedEntry['fields'][number], words: Words): string {
  const nothing = words.t('frame.preview.nothing');
  switch (field) {
    case 'sector':
      return nameCategory(words, 'sector', entry.sector);
    case 'size':
      return nameSize(words, entry.size);
    case 'type':
      return nameCode(words, 'type', entry.type);
    case 'isInvited':
      return words.t(entry.isInvited ? 'frame.yes' : 'frame.no');
    case 'employeeCount':
      return entry.employeeCount === null ? nothing : String(entry.employeeCount);
    case 'persons':
      return writePersons(entry, words);
    default:
      return entry[field] ?? nothing;
  }
}

const personsWritten = 3;

function writePersons({ persons }: FrameEntry, words: Words): string {
  const written = persons.slice(0, personsWritten).map(({ name, email, language }) => {
    const who = [name, email].filter((part) => part !== null).join(', ') || words.t('frame.no_name');
    return language === 'nb' ? who : `${who}, ${words.t(`frame.language.${language}`)}`;
  });
  if (written.length === 0) return words.t('frame.preview.nothing');
  const more = persons.length - written.length;
  return [...written, ...(more > 0 ? [words.t('frame.preview.more', { count: more })] : [])].join('; ');
}
