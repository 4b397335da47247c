import type { Context } from '../../context';
import { selectInstruments } from '../../db/instruments';
import { selectMembers } from '../../db/organisations';
import { selectWaveMembers } from '../../db/wave-members';
import type { Wave } from '../../db/waves';
import type { LocalisedText } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { findNetwork, findWave } from '../authorise';

/** What the form of a draft wave chooses from. */
export interface WavePlanChoices {
  readonly network: { readonly key: string; readonly name: string; readonly isOpen: boolean; readonly isDemo: boolean };
  readonly instruments: readonly { readonly name: string; readonly title: LocalisedText; readonly version: number }[];
  /** By name. */
  readonly members: readonly { readonly key: string; readonly name: string; readonly takesPart: boolean }[];
}

/**
 * Reads what a new wave of a network can be made of.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network
 * @throws AppError network_unknown, sign_in_needed, not_allowed
 */
export async function readNewWave(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string },
): Promise<WavePlanChoices> {
  const network = await findNetwork(context.db, actor, { key: input.networkKey, action: 'manage wave' });
  const members = await selectMembers(context.db, network.id);
  return {
    network,
    instruments: await nameInstruments(context),
    members: members
      .map(({ key, name }) => ({ key, name, takesPart: true }))
      .sort((a, b) => a.name.localeCompare(b.name, 'nb')),
  };
}

/**
 * Reads the plan of a wave.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns the wave and what its form chooses from
 * @throws AppError wave_unknown, sign_in_needed, not_allowed
 */
export async function readWavePlanOf(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<WavePlanChoices & { readonly wave: Wave }> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const network = await findNetwork(context.db, actor, { key: wave.networkKey, action: 'manage wave' });
  const members = await selectWaveMembers(context.db, wave.id);
  return {
    wave,
    network,
    instruments: await nameInstruments(context),
    members: members.map(({ key, name, isLeftOut }) => ({ key, name, takesPart: !isLeftOut })),
  };
}

async function nameInstruments(context: Context): Promise<WavePlanChoices['instruments']> {
  const versions = await selectInstruments(context.db);
  return Promise.all(
    versions.map(async ({ versionId, id, version }) => {
      const { title } = await context.instruments.load(context.db, versionId);
      return { name: `${id}/${version}`, title, version };
    }),
  );
}
