import { Command, CommanderError } from 'commander';
import { softwareVersion } from '../platform/package-root';
import { AppError } from '../errors';
import { describeFault } from '../texts/describe-fault';
import { addBackupCommands } from './backup-commands';
import { addFieldworkCommands } from './fieldwork-commands';
import { addInstrumentCommands } from './instrument-commands';
import { addNetworkCommands } from './network-commands';
import { addRegisterCommands } from './register-commands';
import { addProviderCommands } from './provider-commands';
import { addAdministratorCommands, addResultCommands } from './result-commands';
import type { Terminal } from './terminal';
import { addWaveCommands } from './wave-commands';

/** How a command ended: done, refused, or not understood. */
const exitCodes = { ok: 0, refused: 1, usage: 2 } as const;

/**
 * Runs one command.
 * @param words words after the program's name
 * @param terminal what commands need of the process
 * @returns exit code: 0 done, 1 refused, 2 wrong usage
 * @throws what is no expected fault
 */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await buildProgram(terminal).parseAsync(words, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!(error instanceof AppError)) throw error;
    terminal.writeMessage(`${describeFault(error, terminal.language).join('\n')}\n`);
    return exitCodes.refused;
  }
}

function buildProgram(terminal: Terminal): Command {
  const program = new Command('barometer')
    .description('The command line of Innovasjonsbarometer. Data go to stdout, messages to stderr.')
    .version(softwareVersion)
    .exitOverride()
    .showHelpAfterError('(add --help for what is expected)')
    .configureOutput({ writeOut: terminal.writeData, writeErr: terminal.writeMessage })
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 wrong usage. Files are described in docs/import.md.');
  addNetworkCommands(program, terminal);
  addRegisterCommands(program, terminal);
  addInstrumentCommands(program, terminal);
  addWaveCommands(program, terminal);
  addFieldworkCommands(program, terminal);
  addResultCommands(program, terminal);
  addAdministratorCommands(program, terminal);
  addBackupCommands(program, terminal);
  addProviderCommands(program, terminal);
  return program;
}
