import { Option, type Command } from 'commander';
import { operator } from '../domain/permissions';
import { writeEstimatesCsv, type EstimatePrecision } from '../formats/estimates-table';
import { inviteAdministrator } from '../usecases/administrator/invite-administrator';
import { readEstimates } from '../usecases/researcher/read-estimates';
import { signInLinkHours } from '../usecases/sign-in-link';
import { tell, writeJson, type Terminal } from './terminal';

const formats = ['csv', 'json'] as const;
const precisions = ['rounded', 'full'] as const satisfies readonly EstimatePrecision[];

interface EstimateOptions {
  readonly format: (typeof formats)[number];
  readonly precision: (typeof precisions)[number];
}

/**
 * Adds the command that prints released figures.
 * @param program the program
 * @param terminal the process
 */
export function addResultCommands(program: Command, terminal: Terminal): void {
  program
    .command('estimates')
    .description('print the figures of a released wave; suppressed ones are empty')
    .argument('<wave>', 'key of a released wave')
    .addOption(new Option('--format <format>', 'form of the figures').choices(formats).default('csv'))
    .addOption(
      new Option('--precision <precision>', 'full: unrounded, for verification; masked like everything else')
        .choices(precisions)
        .default('rounded'),
    )
    .action(async (waveKey: string, { format, precision }: EstimateOptions) => {
      const records = await terminal.withContext((context) => readEstimates(context, operator, { waveKey, precision }));
      if (format === 'json') writeJson(terminal, records);
      else terminal.writeData(writeEstimatesCsv(records));
    });
}

/**
 * Adds the command that lets the first administrator in.
 * @param program the program
 * @param terminal the process
 */
export function addAdministratorCommands(program: Command, terminal: Terminal): void {
  program
    .command('administrator')
    .description('people who run this installation')
    .command('invite')
    .description('make somebody an administrator and print a sign-in link')
    .argument('<email>', 'e-mail address')
    .action(async (email: string) => {
      const link = await terminal.withContext(async (context) => {
        const { path } = await inviteAdministrator(context, operator, { email });
        return `${context.config.publicUrl}${path}`;
      });
      terminal.writeData(`${link}\n`);
      tell(terminal, 'cli.administrator_invited', { hours: signInLinkHours });
    });
}
