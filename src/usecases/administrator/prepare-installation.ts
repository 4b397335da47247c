import type { Context } from '../../context';
import { insertOrReplaceInstrument, selectOptionalInstrument } from '../../db/instruments';
import type { SurveyFileReader } from '../../db/survey-files';
import { hashInstrument } from '../../domain/instrument/compile-instrument';
import { nameKnownFigures } from '../../domain/instrument/known-figures';
import type { InstrumentFiles } from '../../domain/instrument/types';
import { AppError } from '../../errors';
import { compileSoundInstrument, createInstrumentError } from '../sound-instrument';

/**
 * Brings the questionnaires of the surveys folder into the database when the server starts. There is no actor yet, so no
 * right is asked for.
 * @param context the process' context
 * @param files reader of the surveys folder
 * @throws AppError instrument_faulty with every fault's place, or instrument_frozen when the files of a version that a
 *   wave has opened with were changed
 */
export async function prepareInstallation(context: Context, files: SurveyFileReader): Promise<void> {
  for (const instrument of await files.folders('.')) {
    for (const version of await files.folders(instrument)) {
      if (!/^\d+$/.test(version)) continue;
      const folder = `${instrument}/${version}`;
      await addInstrument(context, folder, {
        survey: await files.read(`${folder}/survey.json`),
        codebook: await files.read(`${folder}/codebook.json`),
      });
    }
  }
}

async function addInstrument(context: Context, name: string, files: InstrumentFiles): Promise<void> {
  const [id = '', version = ''] = name.split('/');
  const { db, baselines } = context;
  const known = await selectOptionalInstrument(db, { id, version: Number(version) });
  const sha256 = hashInstrument(files);
  if (known?.sha256 === sha256) return;
  if (known?.isFrozen) throw new AppError('instrument_frozen', { values: { key: name } });
  const folder = `surveys/${name}`;
  const compiled = compileSoundInstrument({ folder, ...files }, nameKnownFigures(baselines.rows));
  if (name !== `${compiled.id}/${compiled.version}`) {
    const message = `says ${compiled.id}/${compiled.version}; expected the names of its folders`;
    throw createInstrumentError(folder, [{ file: 'codebook.json', place: 'instrument', message }]);
  }
  await insertOrReplaceInstrument(db, { ...files, id: compiled.id, version: compiled.version, sha256 });
}
