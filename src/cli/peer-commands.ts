import { Option, type Command } from 'commander';
import { peerBases, type PeerBasis } from '../domain/benchmark/peer-groups';
import { listUsed } from '../domain/disclosure/judge-peers';
import { operator } from '../domain/permissions';
import { writePeerList } from '../formats/peer-list';
import { choosePeers } from '../usecases/coordinator/choose-peers';
import { readImportFile } from './read-files';
import { tell, type Terminal } from './terminal';

interface PeerOptions {
  readonly by?: readonly PeerBasis[];
  readonly groups?: string;
}

/**
 * Adds the command that chooses the peer groups of a draft wave.
 * @param wave the command about waves
 * @param terminal the process
 */
export function addPeerCommand(wave: Command, terminal: Terminal): void {
  wave
    .command('peers')
    .description('choose groups of organisations to compare with; fixed when the wave opens. Replaces what was chosen')
    .argument('<wave>', 'key of a draft wave')
    .addOption(new Option('--by <basis...>', 'divide organisations by what registers tell').choices(peerBases))
    .option('--groups <file>', 'groups chosen by hand; CSV with group,organisation')
    .action(async (waveKey: string, { by = [], groups }: PeerOptions) => {
      const file = groups === undefined ? undefined : await readImportFile(groups, terminal.language);
      const { judged } = await terminal.withContext((context) =>
        choosePeers(context, operator, {
          waveKey,
          form: { bases: by, groups: [] },
          ...(file !== undefined && { file }),
        }),
      );
      terminal.writeData(writePeerList(judged));
      tell(terminal, 'cli.peers_chosen', { key: waveKey, used: listUsed(judged).length, all: judged.length });
    });
}
