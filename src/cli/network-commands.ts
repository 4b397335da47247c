import type { Command } from 'commander';
import { operator } from '../domain/permissions';
import { createNetwork } from '../usecases/coordinator/create-network';
import { importOrganisations } from '../usecases/coordinator/import-organisations';
import { readImportFile } from './read-files';
import { tell, type Terminal } from './terminal';

/**
 * Adds the commands about networks and their members.
 * @param program the program
 * @param terminal the process
 */
export function addNetworkCommands(program: Command, terminal: Terminal): void {
  const network = program.command('network').description('networks of organisations');
  network
    .command('create')
    .description('create a network without members')
    .argument('<key>', 'lower-case letters, digits and hyphens; stands in addresses')
    .requiredOption('--name <text>', 'name as respondents see it')
    .option('--open', 'members have agreed in writing to see each other', false)
    .option('--contact-name <text>', 'whom respondents can ask')
    .option('--contact-email <address>', 'where respondents can ask')
    .action(async (key: string, options: NetworkOptions) => {
      const { name, open, contactName, contactEmail } = options;
      await terminal.withContext((context) =>
        createNetwork(context, operator, {
          key,
          name,
          isOpen: open,
          ...(contactName !== undefined && { contactName }),
          ...(contactEmail !== undefined && { contactEmail }),
        }),
      );
      tell(terminal, 'cli.network_created', { key });
    });

  const organisation = program.command('organisation').description('member organisations');
  organisation
    .command('import')
    .description('make organisations members of a network; CSV with key,name,orgnr,kind (municipality|county|other)')
    .argument('<network>', 'key of the network')
    .argument('<file>', 'CSV file')
    .action(async (networkKey: string, path: string) => {
      const file = await readImportFile(path, terminal.language);
      const { organisations, joined } = await terminal.withContext((context) =>
        importOrganisations(context, operator, { networkKey, file }),
      );
      tell(terminal, 'cli.organisations_imported', { count: organisations, joined, key: networkKey });
    });
}

interface NetworkOptions {
  readonly name: string;
  readonly open: boolean;
  readonly contactName?: string;
  readonly contactEmail?: string;
}
