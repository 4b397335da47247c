import { checkInstrument } from '../domain/instrument/check-instrument';
import { compileInstrument } from '../domain/instrument/compile-instrument';
import type { KnownFigures } from '../domain/instrument/known-figures';
import type { CompiledInstrument, InstrumentFault, InstrumentFiles } from '../domain/instrument/types';
import { AppError } from '../errors';

/** What names an instrument version and its exact bytes. */
export interface InstrumentName {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

/** The files of an instrument and the folder that faults are reported under. */
export interface InstrumentFolder extends InstrumentFiles {
  readonly folder: string;
}

/**
 * Makes the error for an instrument with faults.
 * @param folder folder of the files
 * @param faults the faults with their JSON path, which stands as the column
 * @returns the error
 */
export function createInstrumentError(folder: string, faults: readonly InstrumentFault[]): AppError {
  return new AppError('instrument_faulty', {
    faults: faults.map(({ file, place, message }) => ({ file: `${folder}/${file}`, line: 1, column: place, message })),
  });
}

/**
 * Compiles an instrument after finding that it has no faults.
 * @param files the instrument
 * @param knownFigures published shares that links may name
 * @returns the compiled instrument
 * @throws AppError instrument_faulty with every fault
 */
export function compileSoundInstrument(
  { folder, ...files }: InstrumentFolder,
  knownFigures: KnownFigures,
): CompiledInstrument {
  const faults = checkInstrument(files, knownFigures);
  if (faults.length > 0) throw createInstrumentError(folder, faults);
  return compileInstrument(files);
}
