import type { Context } from '../../context';
import { selectOptionalWavePeers } from '../../db/wave-peers';
import { selectWaveMembers } from '../../db/wave-members';
import type { Wave } from '../../db/waves';
import type { NamedPeerGroup } from '../../domain/benchmark/comparison-view';
import { listUnplaced, peerBases, type PeerBasis, type PeerChoice } from '../../domain/benchmark/peer-groups';
import { countFewestMembers, type PeerVerdict } from '../../domain/disclosure/judge-peers';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';
import { judgeChoice, loadPeerSource } from '../load-peer-groups';
import { namePeerGroup } from '../name-peer-group';

/** A group that could be formed, and what becomes of it. */
export interface PossiblePeerGroup {
  readonly group: NamedPeerGroup;
  readonly verdict: PeerVerdict;
}

/** What the peer groups of a wave are chosen from, or what they are since it opened. */
export type PeersPage = { readonly wave: Wave } & (
  | {
      readonly state: 'draft';
      readonly choice: PeerChoice;
      /** By name. */
      readonly members: readonly { readonly key: string; readonly name: string }[];
      /** What each basis would give if it were chosen alone, and names of those that no register places. */
      readonly bases: readonly {
        readonly basis: PeerBasis;
        readonly possible: readonly PossiblePeerGroup[];
        readonly unplaced: readonly string[];
      }[];
      /** What the choice gives. */
      readonly chosen: readonly PossiblePeerGroup[];
      /** How many members a group needs. */
      readonly fewest: number;
      /** Whether members see each other, by what the network has agreed now. */
      readonly isOpenNetwork: boolean;
    }
  | { readonly state: 'fixed'; readonly groups: readonly NamedPeerGroup[] }
);

/**
 * Reads the peer groups of a wave for those who run it.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError wave_unknown, sign_in_needed, not_allowed
 */
export async function readPeers(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<PeersPage> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  if (wave.state !== 'draft') {
    const organisations = await selectWaveMembers(context.db, wave.id);
    const stored = await selectOptionalWavePeers(context.db, wave.id);
    return { wave, state: 'fixed', groups: (stored?.groups ?? []).map((group) => namePeerGroup(group, organisations)) };
  }
  const source = await loadPeerSource(context.db, wave);
  const { choice, members, policy } = source;
  const judge = (wanted: PeerChoice): readonly PossiblePeerGroup[] =>
    judgeChoice(source, wanted).map(({ group, verdict }) => ({ group: namePeerGroup(group, members), verdict }));
  const names = new Map(members.map(({ key, name }) => [key, name]));
  return {
    wave,
    state: 'draft',
    choice,
    members: members.map(({ key, name }) => ({ key, name })),
    bases: peerBases.map((basis) => ({
      basis,
      possible: judge({ bases: [basis], groups: [] }),
      unplaced: listUnplaced(basis, members).map((key) => names.get(key) ?? key),
    })),
    chosen: judge(choice),
    fewest: countFewestMembers(policy),
    isOpenNetwork: policy.isOpenNetwork,
  };
}
