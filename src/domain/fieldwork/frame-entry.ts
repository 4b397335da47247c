import { createHash } from 'node:crypto';
import type { Language } from '../languages';
import type { Sector, SizeClass } from './types';

/** Who is invited to answer. */
export interface FramePerson {
  readonly name: string | null;
  readonly email: string | null;
  readonly language: Language;
}

/** One workplace of a frame with everything that is kept about it before a wave opens. */
export interface FrameEntry {
  /** Key of the unit, unique in the wave. */
  readonly unit: string;
  readonly name: string | null;
  /** Key of the organisation. */
  readonly organisation: string;
  readonly sector: Sector;
  readonly type: string;
  readonly size: SizeClass;
  readonly isInvited: boolean;
  /** How many work there, where people are asked; null: those who are listed, or not of interest. */
  readonly employeeCount: number | null;
  /** The manager, or those of the employees who are listed. */
  readonly persons: readonly FramePerson[];
}

/** Facts of a unit besides its key and its persons. */
export const entryFacts = ['name', 'organisation', 'sector', 'type', 'size', 'isInvited', 'employeeCount'] as const;
export type EntryFact = (typeof entryFacts)[number];

/**
 * Puts entries in the order that pages and fingerprints rely on.
 * @param entries units of one frame
 * @returns the units by organisation, then key; persons of each by address, then name
 */
function sortEntries(entries: readonly FrameEntry[]): readonly FrameEntry[] {
  return entries
    .map((entry) => ({ ...entry, persons: sortPersons(entry.persons) }))
    .sort((first, second) => compare(first.organisation, second.organisation) || compare(first.unit, second.unit));
}

/**
 * @param persons persons of one unit
 * @returns the persons by address, then name and language
 */
export function sortPersons(persons: readonly FramePerson[]): readonly FramePerson[] {
  const keyOf = (person: FramePerson): string => JSON.stringify([person.email, person.name, person.language]);
  return [...persons].sort((first, second) => compare(keyOf(first), keyOf(second)));
}

/**
 * Identifies the content of frames, so that a form can carry what was seen when it was drawn.
 * @param parts lists of entries, and whatever else the reader saw
 * @returns SHA-256 in hexadecimal, the same for the same content in any order of units
 */
export function fingerprintFrames(...parts: readonly (readonly FrameEntry[] | number)[]): string {
  const canonical = parts.map((part) =>
    typeof part === 'number'
      ? part
      : sortEntries(part).map((entry) => [
          entry.unit,
          ...entryFacts.map((fact) => entry[fact]),
          entry.persons.map(({ name, email, language }) => [name, email, language]),
        ]),
  );
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}

function compare(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
