import { InvalidArgumentError, Option, type Command } from 'commander';
import { minimumCellSizeFloor } from '../domain/disclosure/policy';
import { readNorwegianTime } from '../domain/fieldwork/release-choice';
import { anonymityLevels, type AnonymityLevel } from '../domain/fieldwork/types';
import { operator } from '../domain/permissions';
import { closeWave } from '../usecases/coordinator/close-wave';
import { correctRelease } from '../usecases/coordinator/correct-release';
import { createWave } from '../usecases/coordinator/create-wave';
import { listWaves } from '../usecases/coordinator/list-waves';
import { openWave } from '../usecases/coordinator/open-wave';
import { releaseWave } from '../usecases/coordinator/release-wave';
import { writeWaveList } from '../formats/wave-list';
import { translate } from '../texts/translate';
import { addPeerCommand } from './peer-commands';
import { tell, writeJson, type Terminal } from './terminal';

/**
 * Adds the commands about waves.
 * @param program the program
 * @param terminal the process
 */
export function addWaveCommands(program: Command, terminal: Terminal): void {
  const wave = program.command('wave').description('rounds of fieldwork: draft, open, closed, released');
  addCreate(wave, terminal);
  addPeerCommand(wave, terminal);
  wave
    .command('open')
    .description('open a draft wave; instrument, frame and anonymity level are fixed from then on')
    .argument('<wave>', 'key of the wave')
    .action(async (waveKey: string) => {
      const opened = await terminal.withContext((context) => openWave(context, operator, { waveKey }));
      const { invited, deleteAddressesOn } = opened;
      const values = { key: waveKey, strata: opened.strata.length, invited, date: deleteAddressesOn };
      tell(terminal, 'cli.wave_opened', values);
      for (const { name } of opened.missing) {
        tell(terminal, 'cli.wave_opened_without', { missing: translate(terminal.language, `readiness.${name}.short`) });
      }
    });
  wave
    .command('close')
    .description('close an open wave: unsent answers are deleted and the ballot box is sealed')
    .argument('<wave>', 'key of the wave')
    .action(async (waveKey: string) => {
      const { responses, strata } = await terminal.withContext((context) => closeWave(context, operator, { waveKey }));
      tell(terminal, 'cli.wave_closed', { key: waveKey, responses, strata });
    });
  wave
    .command('release')
    .description('compute the figures of a closed wave once and release them')
    .argument('<wave>', 'key of the wave')
    .option('--public', 'let everybody see the figures, each on at least as many answers as was promised')
    .option('--embargo <time>', 'until then only coordinators see them; Norwegian time, YYYY-MM-DDTHH:MM', readMoment)
    .option('--correction <reason>', 'release a released wave again, and why; everybody who sees the figures reads it')
    .option('--k <number>', 'with --correction: raise the smallest number of answers behind a figure')
    .action(async (waveKey: string, options: ReleaseOptions) => {
      const visibility = options.public === true ? 'public' : 'network';
      const choice = { visibility, embargoUntil: options.embargo ?? null } as const;
      const { correction: reason, k = '' } = options;
      if (reason === undefined && k !== '') throw new InvalidArgumentError('--k goes with --correction.');
      const released = await terminal.withContext((context) =>
        reason === undefined
          ? releaseWave(context, operator, { waveKey, choice })
          : correctRelease(context, operator, { waveKey, correction: { reason, k, choice } }),
      );
      writeJson(terminal, released);
      if (reason === undefined) tell(terminal, 'cli.wave_released', { key: waveKey });
      else tell(terminal, 'cli.wave_corrected', { key: waveKey, number: released.number });
    });
  wave
    .command('list')
    .description('list every wave as CSV')
    .action(async () => {
      terminal.writeData(writeWaveList(await terminal.withContext((context) => listWaves(context, operator))));
    });
}

interface ReleaseOptions {
  readonly public?: true;
  readonly embargo?: Date;
  readonly correction?: string;
  readonly k?: string;
}

interface WaveOptions {
  readonly network: string;
  readonly instrument: string;
  readonly period: string;
  readonly k?: number;
  readonly level: AnonymityLevel;
  readonly closes?: string;
}

function addCreate(wave: Command, terminal: Terminal): void {
  wave
    .command('create')
    .description('create a draft wave')
    .argument('<key>', 'lower-case letters, digits and hyphens; stands in addresses')
    .requiredOption('--network <key>', 'the network that answers')
    .requiredOption('--instrument <id/version>', 'the questionnaire, for example workplace/1')
    .requiredOption('--period <text>', 'reference period as it is shown, for example 2024-2025')
    .option(
      '--k <number>',
      `smallest number of answers behind a figure, at least ${minimumCellSizeFloor}`,
      readWholeNumber,
    )
    .addOption(
      new Option('--level <level>', 'anonymity level promised to respondents')
        .choices(anonymityLevels)
        .default('anonym' satisfies AnonymityLevel),
    )
    .option('--closes <date>', 'last day for answering, YYYY-MM-DD')
    .action(async (key: string, options: WaveOptions) => {
      const { network, instrument, period, k, level, closes } = options;
      await terminal.withContext((context) =>
        createWave(context, operator, {
          key,
          networkKey: network,
          instrument,
          period,
          anonymityLevel: level,
          ...(k !== undefined && { minimumCellSize: k }),
          ...(closes !== undefined && { closesOn: closes }),
        }),
      );
      tell(terminal, 'cli.wave_created', { key });
    });
}

function readMoment(text: string): Date {
  const moment = readNorwegianTime(text);
  if (moment === null) throw new InvalidArgumentError('a time such as 2026-03-12T10:00 is expected.');
  return moment;
}

function readWholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number is expected.');
  return Number(text);
}
