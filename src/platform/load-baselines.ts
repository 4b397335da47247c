import type { SurveyFileReader } from '../db/survey-files';
import { buildBaselineCatalogue, type BaselineCatalogue } from '../domain/benchmark/baselines';
import { AppError } from '../errors';
import { readBaselineCsv } from '../formats/read-baseline-csv';

const folder = 'baselines';

/**
 * Reads every published figure of the installation when it starts. There is no actor yet, so no right is asked for.
 * @param files reader of the surveys folder
 * @returns the catalogue of published figures
 * @throws AppError import_faulty with file, line and column of every fault: a wrong figure must not be shown as a fact
 */
export async function loadBaselines(files: Pick<SurveyFileReader, 'list' | 'read'>): Promise<BaselineCatalogue> {
  const names = (await files.list(folder)).filter((name) => name.endsWith('.csv'));
  const results = await Promise.all(
    names.map(async (name) => {
      const path = `${folder}/${name}`;
      return readBaselineCsv(name.slice(0, -'.csv'.length), path, await files.read(path));
    }),
  );
  const unreadable = results.flatMap((result) => ('fault' in result ? [result.fault] : []));
  const built = buildBaselineCatalogue(results.flatMap((result) => ('file' in result ? [result.file] : [])));
  const faults = [...unreadable, ...('faults' in built ? built.faults : [])];
  if (faults.length > 0 || 'faults' in built) throw new AppError('import_faulty', { faults });
  return built.catalogue;
}
