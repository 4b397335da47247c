import type { Readable, Writable } from 'node:stream';
import type { Context } from '../context';
import type { KnownFigures } from '../domain/instrument/known-figures';
import type { Language } from '../domain/languages';
import type { TableMaker } from '../usecases/administrator/restore-backup';
import { translate, type TextKey, type TextValues } from '../texts/translate';

/** A database as it was found: its tables may be older than the program, or missing. */
export interface DatabasePlace extends Pick<Context, 'db' | 'now' | 'softwareVersion'> {
  /** Names of the migrations of this program, in order. */
  readonly knownMigrations: readonly string[];
  readonly makeTables: TableMaker;
  /** Keeps other processes from making or changing tables meanwhile. */
  readonly holdTables: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** What commands need of the process that runs them. */
export interface Terminal {
  /** Language of messages. */
  readonly language: Language;
  /** Writes data, and nothing else, to stdout. */
  readonly writeData: (text: string) => void;
  /** Writes for a person, to stderr. */
  readonly writeMessage: (text: string) => void;
  /** Names the published shares that an instrument may link to; needs no database. */
  readonly readKnownFigures: () => Promise<KnownFigures>;
  /** Opens the database, does something and closes it. */
  readonly withContext: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>;
  /** Opens the database without bringing its tables up to date, does something and closes it. */
  readonly withDatabase: <Result>(work: (place: DatabasePlace) => Promise<Result>) => Promise<Result>;
  /** Takes and gives bytes: stdout and stdin. */
  readonly output: Writable;
  readonly input: Readable;
  /** Whether a person would see the bytes. */
  readonly isOutputScreen: boolean;
}

/**
 * Tells a person what was done.
 * @param terminal where
 * @param key key of the text
 * @param values values of its placeholders
 */
export function tell(terminal: Terminal, key: TextKey & `cli.${string}`, values: TextValues): void {
  terminal.writeMessage(`${translate(terminal.language, key, values)}\n`);
}

/**
 * Writes a value as JSON.
 * @param terminal where
 * @param value any JSON value
 */
export function writeJson(terminal: Terminal, value: unknown): void {
  terminal.writeData(`${JSON.stringify(value, null, 2)}\n`);
}
