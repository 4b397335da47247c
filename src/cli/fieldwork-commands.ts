import type { Command } from 'commander';
import { operator } from '../domain/permissions';
import { writeCsv } from '../formats/write-csv';
import { createLinks } from '../usecases/coordinator/create-links';
import { importFrame } from '../usecases/coordinator/import-frame';
import { importResponses } from '../usecases/coordinator/import-responses';
import { readImportFile } from './read-files';
import { tell, type Terminal } from './terminal';

/**
 * Adds the commands about frames, personal links and responses.
 * @param program the program
 * @param terminal the process
 */
export function addFieldworkCommands(program: Command, terminal: Terminal): void {
  addFrameImport(program, terminal);
  addResponsesImport(program, terminal);
  program
    .command('links')
    .description('make a fresh personal link for every invited unit that can still answer; CSV with unit,link')
    .argument('<wave>', 'key of an open wave')
    .action(async (waveKey: string) => {
      const links = await terminal.withContext((context) => createLinks(context, operator, { waveKey }));
      const columns = [
        { name: 'unit', cell: ({ unit }: (typeof links)[number]) => unit },
        { name: 'link', cell: ({ link }: (typeof links)[number]) => link },
      ];
      terminal.writeData(writeCsv(columns, links));
      tell(terminal, 'cli.links_created', { count: links.length });
    });
}

function addFrameImport(program: Command, terminal: Terminal): void {
  program
    .command('frame')
    .description('frames: the units that could be asked')
    .command('import')
    .description(
      'import the frame of a draft wave; CSV with unit,organisation,sector,type,size (S|M|L),invited (0|1)' +
        '[,name,email,language (nb|nn|en|da)]',
    )
    .argument('<wave>', 'key of a draft wave')
    .argument('<file>', 'CSV file')
    .option('--replace', 'replace the frame that the wave has', false)
    .action(async (waveKey: string, path: string, { replace }: { readonly replace: boolean }) => {
      const file = await readImportFile(path, terminal.language);
      const { units, invited, contactsLeftOut } = await terminal.withContext((context) =>
        importFrame(context, operator, { waveKey, file, replace }),
      );
      tell(terminal, 'cli.frame_imported', { count: units, invited });
      if (contactsLeftOut > 0) tell(terminal, 'cli.contacts_left_out', { count: contactsLeftOut });
    });
}

function addResponsesImport(program: Command, terminal: Terminal): void {
  program
    .command('responses')
    .description('responses that were collected elsewhere')
    .command('import')
    .description(
      'import responses into an open wave at the level fortrolig; CSV with unit,disposition (I|P|R|NC|O|UE|NE) and ' +
        '<variable> or <variable>__<option> (0|1); an empty cell is a missing answer',
    )
    .argument('<wave>', 'key of the wave')
    .argument('<file>', 'CSV file')
    .action(async (waveKey: string, path: string) => {
      const file = await readImportFile(path, terminal.language);
      const { responses, others } = await terminal.withContext((context) =>
        importResponses(context, operator, { waveKey, file }),
      );
      tell(terminal, 'cli.responses_imported', { responses, others });
    });
}
