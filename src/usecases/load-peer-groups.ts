import type { Database } from '../db/database';
import { selectNetwork } from '../db/networks';
import { selectFacts } from '../db/organisation-register';
import { selectMembers } from '../db/organisations';
import { selectWaveMembers } from '../db/wave-members';
import { selectOptionalWavePeers } from '../db/wave-peers';
import type { Wave } from '../db/waves';
import {
  listPeerCandidates,
  noPeerChoice,
  type PeerChoice,
  type PeerOrganisation,
} from '../domain/benchmark/peer-groups';
import { judgePeerGroups, type JudgedPeerGroup } from '../domain/disclosure/judge-peers';
import type { DisclosurePolicy } from '../domain/disclosure/types';

/** A member that takes part in a draft wave, with what registers tell of it. */
interface PeerMember extends PeerOrganisation {
  readonly name: string;
}

/** What the peer groups of a draft wave are made of. */
export interface PeerSource {
  readonly choice: PeerChoice;
  /** By name. */
  readonly members: readonly PeerMember[];
  /** As it would be if the wave opened now. */
  readonly policy: DisclosurePolicy;
}

/**
 * Loads what was chosen for a draft wave and what its groups would be made of today.
 * @param db the database or a transaction
 * @param wave a draft wave
 * @param taking left out: members that are not left out; else those with workplaces in the frame
 */
export async function loadPeerSource(db: Database, wave: Wave, taking?: 'in frame'): Promise<PeerSource> {
  const stored = await selectOptionalWavePeers(db, wave.id);
  const planned = (await selectWaveMembers(db, wave.id)).filter(({ isLeftOut, units }) =>
    taking === undefined ? !isLeftOut : units > 0,
  );
  const kinds = new Map((await selectMembers(db, wave.networkId)).map(({ key, kind }) => [key, kind]));
  const facts = await selectFacts(
    db,
    planned.map(({ organisationId }) => organisationId),
  );
  const { isOpen } = await selectNetwork(db, wave.networkKey);
  return {
    choice: stored?.choice ?? noPeerChoice,
    members: planned.map(({ organisationId, key, name }) => ({
      key,
      name,
      kind: kinds.get(key) ?? 'other',
      facts: facts.filter((fact) => fact.organisationId === organisationId),
    })),
    policy: { ...wave.policy, isOpenNetwork: isOpen },
  };
}

/**
 * Tells which groups come of a choice, and what becomes of each.
 * @param source members and rules
 * @param choice what is chosen; left out: what is stored
 */
export function judgeChoice(
  { choice: stored, members, policy }: PeerSource,
  choice: PeerChoice = stored,
): readonly JudgedPeerGroup[] {
  const keys = members.map(({ key }) => key);
  return judgePeerGroups(listPeerCandidates(choice, members), keys, policy);
}
