import { z } from 'zod';
import { waveStates, type WaveState } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

const idSchema = z.object({ organisation_id: z.string() });

/**
 * Makes an organisation a member of a network.
 * @param transaction a transaction
 * @param member network and organisation
 * @returns false when it was a member already
 */
export async function insertMember(
  transaction: Database,
  member: { readonly networkId: string; readonly organisationId: string },
): Promise<boolean> {
  const rows = await selectRows(transaction, idSchema, {
    sql: `INSERT INTO network_member (network_id, organisation_id) VALUES (:networkId, :organisationId)
          ON CONFLICT DO NOTHING RETURNING network_member.organisation_id`,
    bindings: { ...member },
  });
  return rows.length > 0;
}

/**
 * Ends a membership, and the roles that depended on it.
 * @param transaction a transaction
 * @param member network and organisation
 * @returns number of contacts who lost their role
 */
export async function deleteMember(
  transaction: Database,
  member: { readonly networkId: string; readonly organisationId: string },
): Promise<number> {
  await transaction.raw(
    `DELETE FROM network_member WHERE network_member.network_id = :networkId
        AND network_member.organisation_id = :organisationId`,
    { ...member },
  );
  const contacts = await selectRows(transaction, idSchema, {
    sql: `DELETE FROM role_grant WHERE role_grant.network_id = :networkId AND role_grant.organisation_id = :organisationId
          RETURNING role_grant.organisation_id`,
    bindings: { ...member },
  });
  return contacts.length;
}

const waveSchema = z.object({ period: z.string(), state: z.enum(waveStates) });

/**
 * Finds waves that are being prepared or are open and have an organisation in their frame, and keeps them as they are
 * until the transaction ends.
 * @param transaction a transaction
 * @param member network and organisation
 * @returns periods and states of the waves, by period
 */
export async function selectUnfinishedWaves(
  transaction: Database,
  member: { readonly networkId: string; readonly organisationId: string },
): Promise<readonly { readonly period: string; readonly state: WaveState }[]> {
  return selectRows(transaction, waveSchema, {
    sql: `SELECT wave.period, wave.state FROM wave
           WHERE wave.network_id = :networkId AND wave.state IN ('draft', 'open')
             AND EXISTS (SELECT 1 FROM unit WHERE unit.wave_id = wave.id AND unit.organisation_id = :organisationId)
           ORDER BY wave.period FOR NO KEY UPDATE OF wave`,
    bindings: { ...member },
  });
}
