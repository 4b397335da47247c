import { z } from 'zod';
import { selectRows, type Database } from './database';

const organisationSchema = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** An organisation with units in the frame of a wave. */
export type WaveOrganisation = z.infer<typeof organisationSchema>;

/**
 * Lists the organisations with units in the frame of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns organisations by name
 */
export async function selectWaveOrganisations(db: Database, waveId: string): Promise<readonly WaveOrganisation[]> {
  return selectRows(db, organisationSchema, {
    sql: `SELECT organisation.id, organisation.key, organisation.name FROM organisation
           WHERE EXISTS (SELECT FROM unit WHERE unit.organisation_id = organisation.id AND unit.wave_id = :waveId)
           ORDER BY organisation.name`,
    bindings: { waveId },
  });
}

/**
 * Reads the response rate that a wave aims at.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns whole per cent of the eligible invited; null: none was set
 */
export async function selectTargetRate(db: Database, waveId: string): Promise<number | null> {
  const [row] = await selectRows(db, z.object({ target: z.number().nullable() }), {
    sql: 'SELECT wave.target_response_rate AS target FROM wave WHERE wave.id = :waveId',
    bindings: { waveId },
  });
  return row?.target ?? null;
}

const previousSchema = z.object({ id: z.string(), period: z.string(), openedOn: z.iso.date() });

/** The wave of the same network before another one. */
export type PreviousWave = z.infer<typeof previousSchema>;

/**
 * Finds the last wave of the same network that was opened before another one and has been closed.
 * @param db the database or a transaction
 * @param waveId the other wave, opened
 * @returns the wave before it, or null when it is the first
 */
export async function selectOptionalPreviousWave(db: Database, waveId: string): Promise<PreviousWave | null> {
  const [row] = await selectRows(db, previousSchema, {
    sql: `SELECT earlier.id, earlier.period, earlier.opened_on AS "openedOn"
            FROM wave JOIN wave AS earlier ON earlier.network_id = wave.network_id
           WHERE wave.id = :waveId AND earlier.state IN ('closed', 'released') AND earlier.opened_on < wave.opened_on
           ORDER BY earlier.opened_on DESC, earlier.key DESC LIMIT 1`,
    bindings: { waveId },
  });
  return row ?? null;
}
