import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config';
import { createContext, type Context } from '../../src/context';
import type { Database } from '../../src/db/database';
import type { AnonymityLevel } from '../../src/domain/fieldwork/types';
import { operator } from '../../src/domain/permissions';
import { AppError } from '../../src/errors';
import { createLog } from '../../src/platform/log';
import { packageRoot } from '../../src/platform/package-root';
import { addInstrument } from '../../src/usecases/coordinator/add-instrument';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import type { ImportFile } from '../../src/usecases/import-faults';
import type { InstrumentFolder } from '../../src/usecases/sound-instrument';

/** Folder of a small instrument with one routed question. */
export const exampleFolder = join(packageRoot, 'test', 'support', 'instruments', 'example');

export const organisationsCsv = [
  'key,name,orgnr,kind',
  'asker,Asker,920125298,municipality',
  'oslo,Oslo,958935420,municipality',
].join('\n');

/** Context of the real program with a test database. */
export function createTestContext(db: Database): Promise<Context> {
  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent' });
  return createContext({ config, db, log: createLog(config) });
}

export function csvFile(text: string, name = 'file.csv'): ImportFile {
  return { name, bytes: Buffer.from(text), language: 'en' };
}

export function readExample(): InstrumentFolder {
  const read = (name: string) => readFileSync(join(exampleFolder, name), 'utf8');
  return { folder: 'example', survey: read('survey.json'), codebook: read('codebook.json') };
}

/** A frame with some invited units in one cell of each organisation. */
export function makeFrameCsv(unitsPerOrganisation: number): string {
  const rows = ['asker', 'oslo'].flatMap((organisation) =>
    Array.from({ length: unitsPerOrganisation }, (_, index) => {
      const sector = index % 2 === 0 ? 'education,grunnskole' : 'health,sykehjem';
      return `${organisation}-${index},${organisation},${sector},${'SML'[index % 3] ?? 'S'},1,Kari,${organisation}${index}@example.org,nb`;
    }),
  );
  return ['unit,organisation,sector,type,size,invited,name,email,language', ...rows].join('\n');
}

/** Makes a network with two members and a draft wave with a frame; everything has the same key. */
export async function createDraftWave(
  context: Context,
  key: string,
  { level = 'fortrolig', units = 12 }: { level?: AnonymityLevel; units?: number } = {},
): Promise<void> {
  await addInstrument(context, operator, readExample());
  await createNetwork(context, operator, { key, name: key, isOpen: true });
  await importOrganisations(context, operator, { networkKey: key, file: csvFile(organisationsCsv) });
  const wave = { key, networkKey: key, instrument: 'example/1', period: '2026', anonymityLevel: level };
  await createWave(context, operator, wave);
  await importFrame(context, operator, { waveKey: key, file: csvFile(makeFrameCsv(units)) });
}

/** Waits for an expected fault. */
export async function catchFault(work: Promise<unknown>): Promise<AppError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof AppError) return outcome;
  throw outcome instanceof Error ? outcome : new RangeError('nothing was refused');
}

/** Faults of a file as line:column: message. */
export async function listFaults(work: Promise<unknown>): Promise<readonly string[]> {
  const { code, details } = await catchFault(work);
  if (code !== 'import_faulty') throw new RangeError(`refused with ${code}`);
  return (details.faults ?? []).map(({ line, column, message }) => `${line}:${column}: ${message}`);
}
