import { compileSoundInstrument, type InstrumentFolder, type InstrumentName } from '../sound-instrument';

/**
 * Checks an instrument. Needs neither database nor rights: nothing is kept.
 * @param files exact text of survey.json and codebook.json, and their folder
 * @param knownBaselines identifiers of the baselines at hand
 * @returns the instrument's name and hash
 * @throws AppError instrument_faulty with file, place and every fault
 */
export function checkInstrumentFiles(files: InstrumentFolder, knownBaselines: readonly string[]): InstrumentName {
  const { id, version, sha256 } = compileSoundInstrument(files, knownBaselines);
  return { id, version, sha256 };
}
