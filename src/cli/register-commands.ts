import { InvalidArgumentError, Option, type Command } from 'commander';
import { isDay } from '../domain/fieldwork/is-day';
import { operator } from '../domain/permissions';
import { regionClassifications, type RegionClassification } from '../domain/fieldwork/region-codes';
import { toDate } from '../domain/fieldwork/wave-state';
import { importRegister } from '../usecases/administrator/import-register';
import { countDifference } from '../usecases/register-difference';
import type { RegisterRequest } from '../usecases/register-content';
import { readImportFile } from './read-files';
import { tell, type Terminal } from './terminal';

interface RegisterOptions {
  readonly knownOnly?: boolean;
  readonly year?: number;
  readonly date?: string;
  readonly dryRun: boolean;
}

/**
 * Adds the commands that import from public registers.
 * @param program the program
 * @param terminal the process
 */
export function addRegisterCommands(program: Command, terminal: Terminal): void {
  const run = async (
    paths: readonly string[],
    options: RegisterOptions,
    createRequest: (now: Date) => RegisterRequest,
  ): Promise<void> => {
    const files = await Promise.all(paths.map((path) => readImportFile(path, terminal.language)));
    const isTrial = options.dryRun;
    const difference = await terminal.withContext((context) =>
      importRegister(context, operator, { files, request: createRequest(context.now()), isTrial }),
    );
    tell(terminal, isTrial ? 'cli.register_tried' : 'cli.register_imported', countDifference(difference));
  };
  addOrganisationCommand(program, run);
  addRegionCommand(program, run);
}

type Run = (
  paths: readonly string[],
  options: RegisterOptions,
  createRequest: (now: Date) => RegisterRequest,
) => Promise<void>;

const dryRun = ['--dry-run', 'tell what would change and store nothing', false] as const;

function addOrganisationCommand(program: Command, run: Run): void {
  const organisations = program.command('organisations').description('organisations of the installation');
  organisations
    .command('import')
    .description('import municipalities and counties, or their KOSTRA groups, from answers of public registers')
    .addOption(
      new Option('--enhetsregisteret <file...>', 'answers of /enheter, JSON or CSV').conflicts(['kostra', 'year']),
    )
    .option('--known-only', 'leave out organisations that the installation does not know')
    .option('--kostra <file>', 'correspondence of Klass 112 to 131, JSON or CSV; asks for --year')
    .option('--year <year>', 'year of the KOSTRA groups', readYear)
    .option(...dryRun)
    .action(async (options: RegisterOptions & { enhetsregisteret?: string[]; kostra?: string }, command: Command) => {
      const { enhetsregisteret, kostra, year, knownOnly } = options;
      if (enhetsregisteret !== undefined) {
        await run(enhetsregisteret, options, () => ({ kind: 'organisations', isOnlyKnown: knownOnly === true }));
      } else if (kostra !== undefined && year !== undefined) {
        await run([kostra], options, () => ({ kind: 'kostra_groups', year }));
      } else command.error('error: give --enhetsregisteret FILE, or --kostra FILE with --year YEAR');
    });
}

function addRegionCommand(program: Command, run: Run): void {
  const regions = program.command('regions').description('municipal and county codes over time');
  regions
    .command('import')
    .description('import codes and their changes from answers of Klass 131 (municipality) or 104 (county)')
    .requiredOption('--klass <file...>', 'answers of codes, codesAt or changes, JSON or CSV')
    .addOption(
      new Option('--of <classification>', 'what the codes are').choices(regionClassifications).makeOptionMandatory(),
    )
    .option('--date <day>', 'day of an answer of codesAt, YYYY-MM-DD; today unless given', readDay)
    .option(...dryRun)
    .action(async (options: RegisterOptions & { klass: string[]; of: RegionClassification }) => {
      const { klass, of: classification, date } = options;
      await run(klass, options, (now) => ({ kind: 'regions', classification, date: date ?? toDate(now) }));
    });
}

function readYear(text: string): number {
  if (!/^(19|20)\d{2}$/.test(text)) throw new InvalidArgumentError('Expected a year such as 2026.');
  return Number(text);
}

function readDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Expected a day as YYYY-MM-DD.');
  return text;
}
