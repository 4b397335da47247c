import { Option, type Command } from 'commander';
import { releaseVisibilities, type ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { operator } from '../domain/permissions';
import { writeComparisonsCsv } from '../formats/comparisons-table';
import { writeEstimatesCsv, type EstimatePrecision } from '../formats/estimates-table';
import { inviteAdministrator } from '../usecases/administrator/invite-administrator';
import { readComparisons } from '../usecases/researcher/read-comparisons';
import { readEstimates } from '../usecases/researcher/read-estimates';
import { signInLinkHours } from '../usecases/sign-in-link';
import { tell, writeJson, type Terminal } from './terminal';

const formats = ['csv', 'json'] as const;
const precisions = ['rounded', 'full'] as const satisfies readonly EstimatePrecision[];

interface FigureOptions {
  readonly format: (typeof formats)[number];
  readonly precision: (typeof precisions)[number];
  readonly audience: ReleaseVisibility;
}

/**
 * Adds the commands that print released figures and comparisons.
 * @param program the program
 * @param terminal the process
 */
export function addResultCommands(program: Command, terminal: Terminal): void {
  describeFigures(
    program.command('estimates').description('print the figures of a released wave; suppressed ones are empty'),
  ).action(async (waveKey: string, { format, precision, audience }: FigureOptions) => {
    const records = await terminal.withContext((context) =>
      readEstimates(context, operator, { waveKey, precision, audience }),
    );
    if (format === 'json') writeJson(terminal, records);
    else terminal.writeData(writeEstimatesCsv(records));
  });
  describeFigures(
    program
      .command('comparisons')
      .description('print what organisations of a released wave are compared with; suppressed comparisons are empty'),
  ).action(async (waveKey: string, { format, precision, audience }: FigureOptions) => {
    const records = await terminal.withContext((context) =>
      readComparisons(context, operator, { waveKey, precision, audience }),
    );
    if (format === 'json') writeJson(terminal, records);
    else terminal.writeData(writeComparisonsCsv(records));
  });
}

function describeFigures(command: Command): Command {
  return command
    .argument('<wave>', 'key of a released wave')
    .addOption(new Option('--format <format>', 'form of the figures').choices(formats).default('csv'))
    .addOption(
      new Option('--precision <precision>', 'full: unrounded, for verification; masked like everything else')
        .choices(precisions)
        .default('rounded'),
    )
    .addOption(
      new Option('--audience <audience>', 'public: the edition that everybody may see, when there is one')
        .choices(releaseVisibilities)
        .default('network' satisfies ReleaseVisibility),
    );
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
