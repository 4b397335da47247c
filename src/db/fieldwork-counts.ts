import { z } from 'zod';
import { selectRows, type Database } from './database';

/** Participation of one organisation in a wave; counts of invitations, nothing about answers. */
export interface OrganisationFieldwork {
  readonly organisationId: string;
  readonly key: string;
  readonly name: string;
  readonly units: number;
  /** Units, or people where employees are asked. */
  readonly invited: number;
  readonly opened: number;
  readonly answered: number;
}

const rowSchema = z
  .object({
    organisation_id: z.string(),
    key: z.string(),
    name: z.string(),
    units: z.number(),
    invited: z.number(),
    opened: z.number(),
    answered: z.number(),
  })
  .transform(({ organisation_id, ...row }): OrganisationFieldwork => ({ organisationId: organisation_id, ...row }));

/**
 * Counts units and invitations of a wave per organisation.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns one row per member organisation with units, by name
 */
export async function selectFieldworkCounts(db: Database, waveId: string): Promise<readonly OrganisationFieldwork[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT organisation.id AS organisation_id, organisation.key, organisation.name,
            count(DISTINCT unit.id) AS units,
            greatest(count(DISTINCT unit.id) FILTER (WHERE unit.is_invited),
                     count(invitation.id) FILTER (WHERE unit.is_invited)) AS invited,
            count(invitation.id) FILTER (WHERE invitation.opened_on IS NOT NULL) AS opened,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'answered') AS answered
       FROM unit
       JOIN organisation ON organisation.id = unit.organisation_id
       LEFT JOIN invitation ON invitation.unit_id = unit.id
      WHERE unit.wave_id = :waveId
      GROUP BY organisation.id, organisation.key, organisation.name
      ORDER BY organisation.name`,
    bindings: { waveId },
  });
}
