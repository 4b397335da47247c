import { z } from 'zod';
import { peerChoiceSchema, peerGroupSchema, type PeerChoice, type PeerGroup } from '../domain/benchmark/peer-groups';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ choice: peerChoiceSchema, groups: z.array(peerGroupSchema).nullable() });

/**
 * Reads the peer groups of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns what was chosen, and the groups as they were fixed at opening (null before, and in waves opened without); null
 *   when nothing was chosen
 */
export async function selectOptionalWavePeers(
  db: Database,
  waveId: string,
): Promise<{ readonly choice: PeerChoice; readonly groups: readonly PeerGroup[] | null } | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: 'SELECT choice, groups FROM wave_peers WHERE wave_peers.wave_id = :waveId',
    bindings: { waveId },
  });
  return row ?? null;
}

/**
 * Writes what was chosen for a draft wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param choice all of it
 */
export async function upsertPeerChoice(transaction: Database, waveId: string, choice: PeerChoice): Promise<void> {
  await transaction.raw(
    `INSERT INTO wave_peers (wave_id, choice) VALUES (:waveId, CAST(:choice AS jsonb))
     ON CONFLICT (wave_id) DO UPDATE SET choice = excluded.choice`,
    { waveId, choice: JSON.stringify(choice) },
  );
}

/**
 * Fixes the groups of a wave that is about to open.
 * @param transaction the transaction that opens it afterwards
 * @param waveId the wave, with a choice
 * @param groups groups that are used
 */
export async function updatePeerGroups(
  transaction: Database,
  waveId: string,
  groups: readonly PeerGroup[],
): Promise<void> {
  await transaction.raw('UPDATE wave_peers SET groups = CAST(:groups AS jsonb) WHERE wave_peers.wave_id = :waveId', {
    waveId,
    groups: JSON.stringify(groups),
  });
}
