import type { Command } from 'commander';
import { operator } from '../domain/permissions';
import { addInstrument } from '../usecases/coordinator/add-instrument';
import { checkInstrumentFiles } from '../usecases/coordinator/check-instrument';
import { listInstruments } from '../usecases/coordinator/list-instruments';
import { readInstrumentFolder } from './read-files';
import { tell, writeJson, type Terminal } from './terminal';

/**
 * Adds the commands about instruments; checking one needs no database.
 * @param program the program
 * @param terminal the process
 */
export function addInstrumentCommands(program: Command, terminal: Terminal): void {
  const instrument = program.command('instrument').description('versioned questionnaires');
  instrument
    .command('check')
    .description('check survey.json and codebook.json; prints {id, version, sha256} as JSON')
    .argument('<dir>', 'folder of the two files')
    .action(async (folder: string) => {
      const { id, version, sha256 } = checkInstrumentFiles(
        await readInstrumentFolder(folder),
        await terminal.readKnownFigures(),
      );
      writeJson(terminal, { id, version, sha256 });
      tell(terminal, 'cli.instrument_sound', { key: `${id}/${version}` });
    });
  instrument
    .command('add')
    .description('check an instrument and keep it; prints {id, version, sha256} as JSON')
    .argument('<dir>', 'folder of survey.json and codebook.json')
    .action(async (folder: string) => {
      const files = await readInstrumentFolder(folder);
      const { outcome, ...name } = await terminal.withContext((context) => addInstrument(context, operator, files));
      writeJson(terminal, name);
      tell(terminal, `cli.instrument_${outcome}`, { key: `${name.id}/${name.version}` });
    });
  instrument
    .command('list')
    .description('list every instrument version as JSON')
    .action(async () => {
      const versions = await terminal.withContext((context) => listInstruments(context, operator));
      writeJson(
        terminal,
        versions.map(({ id, version, sha256 }) => ({ id, version, sha256 })),
      );
    });
}
