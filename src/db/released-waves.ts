import type { Knex } from 'knex';
import { z } from 'zod';
import { waveStates, type WaveState } from '../domain/fieldwork/types';

/** What result pages need to know of a wave, its network and its organisations. */
export interface ResultWave {
  readonly id: string;
  readonly key: string;
  readonly period: string;
  readonly state: WaveState;
  readonly instrumentVersionId: string;
  readonly network: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly isDemo: boolean;
  };
  /** Members of the network and organisations in the wave's frame, by name. */
  readonly organisations: readonly {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly kind: 'municipality' | 'county' | 'other';
  }[];
  /** Released waves of the network, newest period first. */
  readonly releasedWaves: readonly { readonly key: string; readonly period: string }[];
}

const rowSchema = z.object({
  id: z.string(),
  key: z.string(),
  period: z.string(),
  state: z.enum(waveStates),
  instrument_version_id: z.string(),
  network_id: z.string(),
  network_key: z.string(),
  network_name: z.string(),
  is_demo: z.boolean(),
  organisations: z.array(
    z.object({ id: z.string(), key: z.string(), name: z.string(), kind: z.enum(['municipality', 'county', 'other']) }),
  ),
  released_waves: z.array(z.object({ key: z.string(), period: z.string() })),
});

/**
 * Reads a wave as result pages and files need it.
 * @param db the database or a transaction
 * @param waveKey key of the wave
 * @returns the wave, released or not; null when there is none
 */
export async function selectOptionalResultWave(db: Knex, waveKey: string): Promise<ResultWave | null> {
  const result = await db.raw<{ rows: unknown[] }>(
    `SELECT wave.id, wave.key, wave.period, wave.state, wave.instrument_version_id,
            network.id AS network_id, network.key AS network_key, network.name AS network_name, network.is_demo,
            (SELECT coalesce(json_agg(json_build_object('id', organisation.id, 'key', organisation.key,
                                      'name', organisation.name, 'kind', organisation.kind)
                                      ORDER BY organisation.name, organisation.key), '[]')
               FROM organisation
              WHERE organisation.id IN (SELECT organisation_id FROM network_member WHERE network_id = network.id
                                        UNION SELECT organisation_id FROM stratum WHERE wave_id = wave.id)
            ) AS organisations,
            (SELECT coalesce(json_agg(json_build_object('key', other.key, 'period', other.period)
                                      ORDER BY other.period DESC, other.key DESC), '[]')
               FROM wave AS other
              WHERE other.network_id = network.id AND other.state = 'released') AS released_waves
       FROM wave JOIN network ON network.id = wave.network_id
      WHERE wave.key = :waveKey`,
    { waveKey },
  );
  const row = rowSchema.optional().parse(result.rows[0]);
  if (row === undefined) return null;
  return {
    id: row.id,
    key: row.key,
    period: row.period,
    state: row.state,
    instrumentVersionId: row.instrument_version_id,
    network: { id: row.network_id, key: row.network_key, name: row.network_name, isDemo: row.is_demo },
    organisations: row.organisations,
    releasedWaves: row.released_waves,
  };
}
