import { z } from 'zod';
import { selectRows, type Database } from './database';

/** A member of the wave's network and what it has for the wave. */
export interface WaveMember {
  readonly organisationId: string;
  readonly key: string;
  readonly name: string;
  readonly isLeftOut: boolean;
  /** Units in the frame, and those invited. */
  readonly units: number;
  readonly invited: number;
  /** Whether somebody has the role of organisation contact. */
  readonly hasContact: boolean;
}

const rowSchema = z.object({
  organisationId: z.string(),
  key: z.string(),
  name: z.string(),
  isLeftOut: z.boolean(),
  units: z.number(),
  invited: z.number(),
  hasContact: z.boolean(),
});

/**
 * Lists the members of a wave's network with what each has for the wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns members by name, those left out included
 */
export async function selectWaveMembers(db: Database, waveId: string): Promise<readonly WaveMember[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT organisation.id AS "organisationId", organisation.key, organisation.name,
                 EXISTS (SELECT FROM wave_left_out WHERE wave_left_out.wave_id = wave.id
                                                     AND wave_left_out.organisation_id = organisation.id) AS "isLeftOut",
                 count(unit.id) AS units, count(unit.id) FILTER (WHERE unit.is_invited) AS invited,
                 EXISTS (SELECT FROM role_grant WHERE role_grant.role = 'organisation_contact'
                                                  AND role_grant.network_id = wave.network_id
                                                  AND role_grant.organisation_id = organisation.id) AS "hasContact"
            FROM wave
            JOIN network_member ON network_member.network_id = wave.network_id
            JOIN organisation ON organisation.id = network_member.organisation_id
            LEFT JOIN unit ON unit.wave_id = wave.id AND unit.organisation_id = organisation.id
           WHERE wave.id = :waveId
           GROUP BY wave.id, organisation.id ORDER BY organisation.name, organisation.key`,
    bindings: { waveId },
  });
}
