import type { KnownFigures } from '../../domain/instrument/known-figures';
import { compileSoundInstrument, type InstrumentFolder, type InstrumentName } from '../sound-instrument';

/**
 * Checks an instrument. Needs neither database nor rights: nothing is kept.
 * @param files exact text of survey.json and codebook.json, and their folder
 * @param knownFigures published shares that links may name
 * @returns the instrument's name and hash
 * @throws AppError instrument_faulty with file, place and every fault
 */
export function checkInstrumentFiles(files: InstrumentFolder, knownFigures: KnownFigures): InstrumentName {
  const { id, version, sha256 } = compileSoundInstrument(files, knownFigures);
  return { id, version, sha256 };
}
