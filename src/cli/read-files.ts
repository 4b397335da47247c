import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../domain/languages';
import { AppError } from '../errors';
import type { ImportFile } from '../usecases/import-faults';
import type { InstrumentFolder } from '../usecases/sound-instrument';

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new AppError('file_unreadable', { values: { file: path }, cause });
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    // The exact text is hashed: a byte order mark must not vanish silently.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('file_unreadable', { values: { file: path }, cause });
  }
}

/**
 * Reads a file that is to be imported.
 * @param path path of the file, as it was given
 * @param language language of its faults
 * @throws AppError file_unreadable
 */
export async function readImportFile(path: string, language: Language): Promise<ImportFile> {
  return { name: path, bytes: await readBytes(path), language };
}

/**
 * Reads the two files of an instrument.
 * @param folder path of the folder that holds survey.json and codebook.json
 * @throws AppError file_unreadable
 */
export async function readInstrumentFolder(folder: string): Promise<InstrumentFolder> {
  const trimmed = folder.replace(/(?<=.)[/\\]+$/, '');
  return {
    folder: trimmed,
    survey: await readText(join(folder, 'survey.json')),
    codebook: await readText(join(folder, 'codebook.json')),
  };
}
