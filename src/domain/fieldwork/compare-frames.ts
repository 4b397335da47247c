import { entryFacts, sortPersons, type EntryFact, type FrameEntry } from './frame-entry';

/** A unit that stays, with what is new about it. */
export interface ChangedEntry {
  readonly before: FrameEntry;
  readonly after: FrameEntry;
  /** Facts that differ; `persons` when somebody has come, gone or has another name, address or language. */
  readonly fields: readonly (EntryFact | 'persons')[];
}

/** What a frame would become, unit by unit, each list in the order it was given in. */
export interface FrameDifference {
  readonly added: readonly FrameEntry[];
  readonly changed: readonly ChangedEntry[];
  readonly removed: readonly FrameEntry[];
  readonly unchanged: readonly FrameEntry[];
}

/**
 * Tells what would change when a frame is replaced by another.
 * @param before units that are stored
 * @param after units that would be
 * @returns units that are new, changed, removed and unchanged, found by key
 */
export function compareFrames(before: readonly FrameEntry[], after: readonly FrameEntry[]): FrameDifference {
  const earlier = new Map(before.map((entry) => [entry.unit, entry]));
  const kept = new Set(after.map(({ unit }) => unit));
  const pairs = after.flatMap((entry) => {
    const old = earlier.get(entry.unit);
    return old === undefined ? [] : [{ before: old, after: entry, fields: listChanges(old, entry) }];
  });
  return {
    added: after.filter(({ unit }) => !earlier.has(unit)),
    changed: pairs.filter(({ fields }) => fields.length > 0),
    removed: before.filter(({ unit }) => !kept.has(unit)),
    unchanged: pairs.filter(({ fields }) => fields.length === 0).map((pair) => pair.after),
  };
}

function listChanges(before: FrameEntry, after: FrameEntry): ChangedEntry['fields'] {
  const facts = entryFacts.filter((fact) => before[fact] !== after[fact]);
  return writePersons(before) === writePersons(after) ? facts : [...facts, 'persons'];
}

function writePersons({ persons }: FrameEntry): string {
  return JSON.stringify(sortPersons(persons).map(({ name, email, language }) => [name, email, language]));
}
